import Board
import DeviceTree
import Ownership

/// `/chosen` and `/aliases`: what a boot loader would tell the domain (devicetree specification v0.4, 3.6 and 3.3;
/// Linux, Documentation/arch/arm64/booting.rst).
struct BootNodes {
  private let match: TreeMatch
  private let record: DomainReading
  private let map: GuestMap
  private let payloads: [GuestPayload]

  /// Takes a tree with what is loaded for its domain.
  init(_ match: TreeMatch, _ record: DomainReading, _ map: GuestMap, payloads: [GuestPayload]) {
    self.match = match
    self.record = record
    self.map = map
    self.payloads = payloads
  }

  /// Everything in which the two nodes differ from what they should say.
  var faults: [TreeFault] {
    let console = consolePath
    var aliases = copiedAliases
    var name: String?
    if let console { name = alias(of: console, among: &aliases) }
    var faults: [TreeFault] = []
    if let chosen = match.tree.node(at: "/chosen") { faults += form(name).faults(of: chosen) }
    let named = aliases.sorted { $0.key < $1.key }
    let expected = NodeForm { form in
      for alias in named { form.set(alias.key, alias.value) }
    }
    if let node = match.tree.node(at: "/aliases") {
      faults += expected.faults(of: node)
    } else if !aliases.isEmpty {
      faults.append(TreeFault(path: "/aliases", property: "", message: "is not in the tree"))
    }
    return faults
  }

  /// The manifest's command line, the console by its alias with the rate that the board's own has, and the initial RAM
  /// disk where the load map puts it.
  private func form(_ alias: String?) -> NodeForm {
    NodeForm { chosen in
      if let line = match.domain.declaration.commandLine?.value { chosen.set("bootargs", line) }
      if let alias { chosen.set("stdout-path", "\(alias):\(options)") }
      guard let disk = payloads.first(where: { $0.role == "initrd" }) else { return }
      let base = disk.guest?.base ?? 0
      chosen.set("linux,initrd-start", numbers: [base])
      chosen.set("linux,initrd-end", numbers: [base &+ disk.size])
    }
  }

  /// What stands behind the colon of the board's own `stdout-path`.
  private var options: String {
    let path = match.board.tree.node(at: "/chosen")?.property("stdout-path")?.string ?? ""
    return path.firstIndex(of: ":").map { String(path[path.index(after: $0)...]) }.flatMap { $0.isEmpty ? nil : $0 }
      ?? "115200n8"
  }

  /// The board's aliases of copied nodes.
  private var copiedAliases: [String: String] {
    var aliases: [String: String] = [:]
    for node in match.tree.nodes {
      let origin = match.origins[node.index]
      guard origin == .device || origin == .provider || origin == .firmware else { continue }
      for name in match.board.aliases[match.sources[node.index]] ?? [] { aliases[name] = node.path }
    }
    return aliases
  }

  /// The virtual console, else the UART that the board writes to, else the first of the domain's.
  private var consolePath: String? {
    if record.consoleBase != 0 { return "/" + ConsoleNode.name(record) }
    let serials = serialPorts
    return serials.first { $0.path == match.board.board.standardOutput }?.twin
      ?? serials.first { $0.isOkay }?.twin
  }

  /// The domain's serial ports in the manifest's order: nodes of that generic name (devicetree specification v0.4,
  /// 2.2.2) or alias.
  private var serialPorts: [(path: String, twin: String, isOkay: Bool)] {
    match.domain.tops.flatMap { match.board.tree.subtree(of: match.board.tree.nodes[$0]) }.compactMap { source in
      let aliases = match.board.aliases[source.index] ?? []
      guard
        ["serial", "uart", "pl011"].contains(source.baseName) || aliases.contains(where: { $0.hasPrefix("serial") }),
        let twin = match.twin(of: source.index)
      else { return nil }
      return (source.path, twin.path, source.isStatusOkay)
    }
  }

  /// The console's alias, first those that say `serial`; without any the first `serialN` that is free.
  private func alias(of console: String, among aliases: inout [String: String]) -> String {
    let known = aliases.filter { $0.value == console }.keys.sorted()
    if let name = known.first(where: { $0.hasPrefix("serial") }) ?? known.first { return name }
    var number = 0
    while aliases["serial\(number)"] != nil { number += 1 }
    aliases["serial\(number)"] = console
    return "serial\(number)"
  }
}
