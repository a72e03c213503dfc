import Board
import DeviceTree
import Diagnostics
import Ownership
import Partition

/// Copies a domain's devices out of the board's tree.
///
/// An assigned node whose ancestors are not assigned becomes a child of a flat bus (`/bus`, `simple-bus`, empty
/// `ranges`; another one where its own buses translate DMA addresses in another way), or of the root if it has no
/// registers; whatever is below it keeps its place below it, but for nodes that are devices in their own right and are
/// not the domain's or stand under `disabled:` of the manifest. Of such a top node
/// - the unit address and `reg` become CPU addresses, `ranges` leads from the addresses of its children to CPU
///   addresses;
/// - `status` goes: an assigned node is enabled;
/// - `dma-coherent`, `dma-noncoherent` of the buses above come along, if it is a DMA master.
///
/// Of every copied node
/// - interrupts that end at the board's GIC are written for the domain's GIC, whatever controllers the board has in
///   between, except where the domain has such a controller itself; others are left out with a note (`InterruptCopier`);
/// - references that stay among the copied nodes, or lead to what can be copied along (`SelfContainedProviders`), to
///   firmware that serves the domain (`FirmwareNodes`) or to reserved memory and CPUs of the domain, stay as they are;
///   clocks and supplies of a provider that the domain does not drive become fixed ones (`ProviderStubs`); any other
///   reference is left out with a note (`ReferenceFilter`): an SMMU's stream, a reset line, a GPIO line …;
/// - `set:` of the manifest comes last and wins;
/// - everything else is copied byte for byte, phandles included. A number that a node of the board has is never given
///   to another one, so that a reference that Bulkhead does not know leads to the right node or to none.
struct DeviceCopier {
  /// What was left out.
  private(set) var findings: [Finding] = []
  /// The board's aliases of copied nodes, by name, with their new paths.
  private(set) var aliases: [(name: String, path: String)] = []
  /// New path of the UART that the board writes to, if it is the domain's, else of the first assigned one.
  var console: String? { standardOutput ?? firstSerial }

  private var standardOutput: String?
  private var firstSerial: String?
  private let domain: DomainPlan
  private let board: Board
  private let tree: DeviceTree
  private let scope: CopyScope
  private let gic: UInt32

  /// Looks at what is to be copied, without the nodes at the paths `disabled`, and what `treatment` says of its
  /// providers.
  init(
    _ domain: DomainPlan, _ board: Board, disabled: Set<String>,
    treatment: @escaping (String) -> ProviderTreatment?,
    phandles: inout PhandleAllocator
  ) {
    self.domain = domain
    self.board = board
    gic = phandles.gic
    tree = board.tree
    scope = CopyScope(domain, board, disabled: disabled, treatment: treatment, phandles: &phandles)
  }

  /// Names at the root that nodes of our own have, as far as they have no unit address.
  private static let reserved: Set<String> = [
    "aliases", "bus", "chosen", "cpus", "dma-bus", "firmware", "psci", "reserved-memory", "timer",
    ConsoleNodes.clockName,
  ]

  /// The flat buses and whatever stands at the root: providers that come along first, then firmware.
  mutating func copy() -> [TreeNode] {
    var rootNames = NodeNames(taken: Self.reserved)
    var buses = DeviceBuses()
    var root = copyProviders(&rootNames) + scope.stubs.nodes(&rootNames) + copyFirmware(&rootNames)
    for top in scope.tops {
      let registers = tree.registers(of: top).entries.compactMap { entry in
        entry.address.map { (address: $0, size: entry.size) }
      }
      let isOnBus = !registers.isEmpty || top.has("ranges") && top.name.contains("@")
      if isOnBus {
        let name = registers.first.map { "\(top.baseName)@\(String($0.address, radix: 16))" } ?? top.name
        let place = buses.place(name, dmaView(of: top))
        buses.append(copy(top, name: place.name, path: place.path, registers: registers), to: place.bus)
      } else {
        let name = rootNames.unique(String(top.baseName))
        root.append(copy(top, name: name, path: "/\(name)", registers: []))
      }
    }
    return root + buses.nodes
  }

  /// Copies of self-contained providers, without unit addresses.
  private mutating func copyProviders(_ names: inout NodeNames) -> [TreeNode] {
    scope.providers.all.map { source in
      let name = names.unique(String(source.baseName))
      var node = copy(source, name: name, path: "/\(name)")
      node.remove("reg")
      return node
    }
  }

  /// Copies of firmware's nodes, those of `/firmware` in a node of that name, where Linux looks for them. Registers of
  /// theirs are the firmware's.
  private mutating func copyFirmware(_ names: inout NodeNames) -> [TreeNode] {
    var firmware = TreeNode("firmware")
    var others: [TreeNode] = []
    for top in scope.firmware.tops {
      let isInPlace = tree.parent(of: top)?.path == "/firmware"
      let name = isInPlace ? top.name : names.unique(String(top.baseName))
      var node = copy(top, name: name, path: isInPlace ? "/firmware/\(name)" : "/\(name)")
      for property in ["reg", "reg-names", "status"] { node.remove(property) }
      if isInPlace { firmware.children.append(node) } else { others.append(node) }
    }
    return (firmware.children.isEmpty ? [] : [firmware]) + others
  }

  /// How the buses above a top node translate DMA addresses; nothing for nodes that start no DMA, so that those of a
  /// board's several buses stand together.
  private mutating func dmaView(of top: Node) -> DMAView {
    let isMaster = tree.subtree(of: top).contains { board.device(at: $0.path)?.isDMAMaster == true }
    guard isMaster else { return .unstated }
    let view = tree.dmaView(of: top)
    if case .unreadable(let bus) = view { note(dmaRanges: bus, top) }
    return view
  }

  private mutating func copy(
    _ top: Node, name: String, path: String, registers: [(address: UInt64, size: UInt64)]
  ) -> TreeNode {
    var node = copy(top, name: name, path: path)
    node.remove("reg")
    if !registers.isEmpty { node.set("reg", numbers: registers.flatMap { [$0.address, $0.size] }) }
    if registers.count != tree.registers(of: top).entries.count { node.remove("reg-names") }
    let rewriter = RangesRewriter(tree: tree)
    rewriter.rewrite(&node, top)
    rewriter.widenDMARanges(&node, top)
    node.remove("status")
    inherit(&node, top)
    for property in scope.assignment(of: top)?.properties ?? [] { node.set(property) }
    return node
  }

  /// What the buses above say of DMA.
  private mutating func inherit(_ node: inout TreeNode, _ top: Node) {
    guard scope.assignment(of: top)?.device.isDMAMaster == true else { return }
    for above in tree.chain(from: top).dropFirst() {
      for name in ["dma-coherent", "dma-noncoherent"] where above.has(name) && node.property(name) == nil {
        node.set(flag: name)
      }
    }
  }

  /// A node with everything below it; depth is bounded by the reader of trees, which refuses deeper ones.
  private mutating func copy(_ source: Node, name: String, path: String) -> TreeNode {
    var node = TreeNode(name)
    for property in source.properties { node.set(property) }
    var references = ReferenceFilter(tree: tree, scope: scope)
    references.filter(&node, source)
    findings += references.findings(source, domain)
    var interrupts = InterruptCopier(tree: tree, scope: scope, gic: gic)
    interrupts.rewrite(&node, source)
    if let finding = interrupts.finding(source, domain) { findings.append(finding) }
    for property in scope.assignment(of: source)?.properties ?? [] { node.set(property) }
    note(path: path, of: source)
    for child in tree.children(of: source) where scope.contains(child) {
      node.children.append(copy(child, name: child.name, path: path + "/" + child.name))
    }
    return node
  }

  private mutating func note(path: String, of source: Node) {
    let names = tree.aliases.filter { $0.value == source.path }.keys.sorted()
    aliases += names.map { ($0, path) }
    let isSerial = ["serial", "uart", "pl011"].contains(source.baseName) || names.contains { $0.hasPrefix("serial") }
    if firstSerial == nil, isSerial, source.isStatusOkay { firstSerial = path }
    if isSerial, source.path == board.standardOutput { standardOutput = path }
  }

  private mutating func note(dmaRanges bus: String, _ top: Node) {
    findings.append(
      Finding(
        DomainTreeRules.dmaTranslation, .warning,
        "how \(bus) translates the DMA addresses of \(top.path) (dma-ranges) cannot be read, and domain "
          + "\(domain.name)'s tree does not say", subjects: [top.path, bus],
        resource: ResourceReference(.dependency, bus), domains: [domain.name],
        spans: [scope.span(of: top)]))
  }
}
