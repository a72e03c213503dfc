import Board
import DeviceTree
import Diagnostics
import Ownership
import Partition

/// Copies a domain's devices out of the board's tree.
///
/// An assigned node whose ancestors are not assigned becomes a child of one flat bus (`/bus`, `simple-bus`, empty
/// `ranges`), or of the root if it has no registers; whatever is below it keeps its place below it, but for nodes that
/// are devices in their own right and are not the domain's. Of such a top node
/// - the unit address and `reg` become CPU addresses, `ranges` leads from the addresses of its children to CPU
///   addresses;
/// - `status` goes: an assigned node is enabled;
/// - `dma-coherent`, `dma-noncoherent` of the buses above come along, if it is a DMA master.
///
/// Of every copied node
/// - interrupts that end at the board's GIC are written for the domain's GIC, whatever controllers the board has in
///   between, except where the domain has such a controller itself; others are left out with a note (`InterruptCopier`);
/// - references that stay among the copied nodes, or lead to what can be copied along (`SelfContainedProviders`) or to
///   reserved memory and CPUs of the domain, stay as they are; a property with any other reference is left out as a
///   whole, with its companions, and a note (`ReferenceFilter`): an SMMU's stream, a clock controller, a reset line …;
/// - `set:` of the manifest comes last and wins;
/// - everything else is copied byte for byte, phandles included.
struct DeviceCopier {
  /// What was left out.
  private(set) var findings: [Finding] = []
  /// The board's aliases of copied nodes, by name, with their new paths.
  private(set) var aliases: [(name: String, path: String)] = []
  /// New path of the first assigned UART.
  private(set) var console: String?

  private let domain: DomainPlan
  private let tree: DeviceTree
  private let scope: CopyScope
  private let gic: UInt32

  /// Looks at what is to be copied; `gic` is the phandle of the domain's GIC.
  init(_ domain: DomainPlan, _ board: Board, gic: UInt32) {
    self.domain = domain
    self.gic = gic
    tree = board.tree
    scope = CopyScope(domain, board)
  }

  /// Names at the root that nodes of our own have, as far as they have no unit address.
  private static let reserved: Set<String> = [
    "aliases", "bus", "chosen", "cpus", "psci", "reserved-memory", "timer", ConsoleNodes.clockName,
  ]

  /// The flat bus and whatever stands at the root: providers that come along first.
  mutating func copy() -> [TreeNode] {
    var rootNames = NodeNames(taken: Self.reserved)
    var busNames = NodeNames()
    var root = scope.providers.nodes(&rootNames)
    var bus = TreeNode("bus")
    bus.set("compatible", "simple-bus")
    bus.set("#address-cells", cells: [2])
    bus.set("#size-cells", cells: [2])
    bus.set(flag: "ranges")
    for top in scope.tops {
      let registers = tree.registers(of: top).entries.compactMap { entry in
        entry.address.map { (address: $0, size: entry.size) }
      }
      if let first = registers.first?.address {
        let name = busNames.unique("\(top.baseName)@\(String(first, radix: 16))")
        bus.children.append(copy(top, name: name, path: "/bus/\(name)", registers: registers))
      } else if top.has("ranges"), top.name.contains("@") {
        let name = busNames.unique(top.name)
        bus.children.append(copy(top, name: name, path: "/bus/\(name)", registers: []))
      } else {
        let name = rootNames.unique(String(top.baseName))
        root.append(copy(top, name: name, path: "/\(name)", registers: []))
      }
    }
    return root + (bus.children.isEmpty ? [] : [bus])
  }

  private mutating func copy(
    _ top: Node, name: String, path: String, registers: [(address: UInt64, size: UInt64)]
  ) -> TreeNode {
    var node = copy(top, name: name, path: path)
    node.remove("reg")
    if !registers.isEmpty { node.set("reg", numbers: registers.flatMap { [$0.address, $0.size] }) }
    if registers.count != tree.registers(of: top).entries.count { node.remove("reg-names") }
    RangesRewriter(tree: tree).rewrite(&node, top)
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
      if let ranges = above.property("dma-ranges"), !ranges.value.isEmpty { note(dmaRanges: above.path, top) }
    }
  }

  /// A node with everything below it; depth is bounded by the reader of trees, which refuses deeper ones.
  private mutating func copy(_ source: Node, name: String, path: String) -> TreeNode {
    var node = TreeNode(name)
    for property in source.properties { node.set(property) }
    var references = ReferenceFilter(tree: tree, scope: scope)
    references.filter(&node, source)
    if let finding = references.finding(source, domain) { findings.append(finding) }
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
    if console == nil, isSerial, source.isStatusOkay { console = path }
  }

  private mutating func note(dmaRanges bus: String, _ top: Node) {
    findings.append(
      Finding(
        DomainTreeRules.dmaTranslation, .warning,
        "\(bus) translates the DMA addresses of \(top.path) (dma-ranges), and domain \(domain.name)'s tree does not "
          + "say so", subjects: [top.path, bus], resource: ResourceReference(.dependency, bus), domains: [domain.name],
        spans: [scope.span(of: top)]))
  }
}
