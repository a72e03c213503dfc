/// Follows interrupts through parents, maps and cascaded controllers to the GIC.
///
/// One resolver serves a whole tree and remembers what it has read of every controller on the way.
public struct InterruptResolver {
  private let tree: DeviceTree
  private var nexuses: [Int: Result<InterruptNexus, InterruptNexus.Malformed>] = [:]
  private var models: [Int: ControllerModel] = [:]
  private var outputs: [Int: Interrupts] = [:]
  /// Controllers whose own interrupts are being followed right now.
  private var open: Set<Int> = []

  /// More controllers in a row than any board has.
  private static let hopLimit = 16

  /// Makes a resolver for one tree.
  public init(_ tree: DeviceTree) { self.tree = tree }

  /// The interrupts of a node, from `interrupts-extended` or, without that, `interrupts`.
  public mutating func interrupts(of node: Node) -> Interrupts {
    if let known = outputs[node.index] { return known }
    var result = Interrupts()
    if node.has("interrupt-map"), case .failure(let malformed) = nexus(node) {
      result.faults.append(TreeFault(path: node.path, property: "interrupt-map", message: malformed.reason))
    }
    if node.has("interrupt-map"), case .shortMap = model(node.index) {
      result.faults.append(
        TreeFault(
          path: node.path, property: "interrupt-map",
          message: "leaves out the parent's unit address, against the specification; its own binding reads it so"))
    }
    let list = tree.interruptList(of: node)
    result.faults += list.faults
    open.insert(node.index)
    defer { open.remove(node.index) }
    for (index, item) in list.items.enumerated() {
      let end = follow(item, from: node)
      if case .malformed(let message) = end {
        result.faults.append(
          TreeFault(path: node.path, property: list.property, message: "entry \(index) \(message)"))
      }
      result.entries.append(
        InterruptEntry(
          index: index, parent: tree.nodes[item.parent].path, specifier: item.specifier, end: end.published))
    }
    if node.has("interrupt-controller") { outputs[node.index] = result }
    return result
  }

  /// Paths of the controllers that the rows of a node's `interrupt-map` hand interrupts on to, each once, in the order
  /// of the rows; none without a map, or with one that cannot be read.
  public mutating func mapParents(of node: Node) -> [String] {
    guard node.has("interrupt-map"), case .success(let map) = nexus(node) else { return [] }
    var seen: Set<Int> = []
    return map.rows.filter { seen.insert($0.parent).inserted }.map { tree.nodes[$0.parent].path }
  }

  /// Where the rows of a node's `interrupt-map` end: for a PCI host bridge the lines INTA to INTD of everything behind
  /// it. Each line of the GIC once, in the order of the rows; rows that end nowhere are left out.
  public mutating func mappedInterrupts(of node: Node) -> [ResolvedInterrupt] {
    guard node.has("interrupt-map"), case .success(let map) = nexus(node) else { return [] }
    var seen: Set<UInt32> = []
    var lines: [ResolvedInterrupt] = []
    for row in map.rows {
      let line = Line(
        controller: row.parent, specifier: row.parentSpecifier, address: row.parentAddress, via: [node.path])
      guard case .gic(let interrupt) = follow(line), seen.insert(interrupt.intid).inserted else { continue }
      lines.append(interrupt)
    }
    return lines
  }

  /// Where a line ends, with the words for a fault.
  private enum End {
    case gic(ResolvedInterrupt)
    case unknown(String, via: [String])
    case malformed(String)

    var published: InterruptEntry.End {
      switch self {
      case .gic(let interrupt): .gic(interrupt)
      case .unknown(let reason, let via): .unknown(reason: reason, via: via)
      case .malformed: .malformed
      }
    }
  }

  /// A line on its way: at which controller, under which specifier, from which unit address, through which others.
  private struct Line {
    var controller: Int
    var specifier: [UInt32]
    var address: [UInt32]
    var via: [String] = []
  }

  private enum Step {
    case next(Line)
    case end(End)
  }

  private mutating func follow(_ item: InterruptListItem, from node: Node) -> End {
    follow(Line(controller: item.parent, specifier: item.specifier, address: tree.unitAddress(of: node)))
  }

  private mutating func follow(_ start: Line) -> End {
    var line = start
    for _ in 0..<Self.hopLimit {
      switch step(line) {
      case .next(let next): line = next
      case .end(let end): return end
      }
    }
    return .malformed("passes more than \(Self.hopLimit) interrupt controllers, or the same ones again and again")
  }

  private mutating func step(_ line: Line) -> Step {
    let node = tree.nodes[line.controller]
    let model = model(line.controller)
    switch model {
    case .gic(let version):
      return .end(atGIC(line, version: version))
    case .shortMap:
      return throughMap(line, keepingFlags: true)
    case _ where node.has("interrupt-map"):
      return throughMap(line, keepingFlags: false)
    case _ where !node.has("interrupt-controller"):
      return toParent(line, skipping: node)
    case .sameNumber:
      return toParent(line, through: node, specifier: line.specifier)
    case .pinRanges:
      return throughPinRanges(line, node)
    case .decidedAtRunTime:
      return .end(
        .unknown("which line \(node.path) passes it on to is decided at run time", via: line.via + [node.path]))
    case .outputsOfParent:
      let owner = tree.parent(of: node).flatMap { node.has("interrupts") ? nil : $0 } ?? node
      return .end(throughOutputs(line, node, of: owner, model))
    case .indexed, .banks, .cascade:
      return .end(throughOutputs(line, node, of: node, model))
    }
  }

  // MARK: The ways on

  private func atGIC(_ line: Line, version: Int) -> End {
    let path = tree.nodes[line.controller].path
    if let gic = tree.gic, gic.index != line.controller {
      return .unknown("it ends at \(path), which is not the board's first interrupt controller", via: line.via)
    }
    switch GICSpecifier.decode(line.specifier, isVersion3: version >= 3) {
    case .malformed(let message):
      return .malformed(message)
    case .interrupt(let intid, let kind):
      let flags = line.specifier[2]
      return .gic(
        ResolvedInterrupt(
          intid: intid, kind: kind, isEdge: GICSpecifier.isEdge(flags), flags: flags, via: line.via))
    }
  }

  private mutating func throughMap(_ line: Line, keepingFlags: Bool) -> Step {
    let node = tree.nodes[line.controller]
    switch nexus(node) {
    case .failure(let malformed):
      return .end(.malformed("ends at \(node.path), whose interrupt-map \(malformed.reason)"))
    case .success(let map):
      guard let row = map.row(address: line.address, specifier: line.specifier) else {
        return .end(.malformed("is in no row of the interrupt-map of \(node.path)"))
      }
      var specifier = row.parentSpecifier
      if keepingFlags, let flags = line.specifier.last, specifier.count >= 3 { specifier[2] = flags }
      return .next(
        Line(controller: row.parent, specifier: specifier, address: row.parentAddress, via: line.via + [node.path]))
    }
  }

  /// On from a node that is neither a controller nor has a map: it only passes its children's interrupts up.
  private func toParent(_ line: Line, skipping node: Node) -> Step {
    guard let parent = tree.interruptParent(of: node), parent.index != node.index else {
      return .end(.malformed("ends at \(node.path), which is no interrupt controller and has no interrupt parent"))
    }
    guard tree.interruptCells(of: parent) == line.specifier.count else {
      return .end(
        .malformed("is written for \(node.path), whose interrupt parent \(parent.path) counts other #interrupt-cells"))
    }
    return .next(Line(controller: parent.index, specifier: line.specifier, address: line.address, via: line.via))
  }

  private func toParent(_ line: Line, through node: Node, specifier: [UInt32]) -> Step {
    let via = line.via + [node.path]
    guard let parent = tree.interruptParent(of: node), parent.index != node.index else {
      return .end(.malformed("ends at \(node.path), which has no interrupt parent"))
    }
    guard let cells = tree.interruptCells(of: parent), cells >= specifier.count else {
      return .end(
        .malformed("passes \(node.path), whose interrupt parent \(parent.path) counts other #interrupt-cells"))
    }
    let padded = specifier + Array(repeating: 0, count: cells - specifier.count)
    return .next(Line(controller: parent.index, specifier: padded, address: [], via: via))
  }

  private func throughPinRanges(_ line: Line, _ node: Node) -> Step {
    guard let ranges = node.property("qcom,pdc-ranges")?.cells, ranges.count.isMultiple(of: 3),
      let pin = line.specifier.first, line.specifier.count >= 2
    else { return .end(.malformed("ends at \(node.path), whose qcom,pdc-ranges cannot be read")) }
    for start in stride(from: 0, to: ranges.count, by: 3) where pin >= ranges[start] {
      let offset = pin - ranges[start]
      guard offset < ranges[start + 2] else { continue }
      let (line32, overflow) = ranges[start + 1].addingReportingOverflow(offset)
      guard !overflow else { break }
      return toParent(line, through: node, specifier: [0, line32, line.specifier[1]])
    }
    return .end(.malformed("is pin \(pin), which is in no entry of qcom,pdc-ranges of \(node.path)"))
  }

  /// On through a controller that gathers its inputs on interrupts of its own, or of `owner`, the node above it.
  private mutating func throughOutputs(_ line: Line, _ node: Node, of owner: Node, _ model: ControllerModel) -> End {
    let via = line.via + [node.path] + (owner.index == node.index ? [] : [owner.path])
    guard !open.contains(owner.index), open.count < Self.hopLimit else {
      return .malformed("leads back to \(owner.path): interrupt controllers that wait for each other")
    }
    let own = interrupts(of: owner)
    let count = own.entries.count
    guard count > 0 else {
      return .unknown("\(node.path) has no interrupt of its own that the tree shows", via: via)
    }
    guard let output = Self.output(of: line.specifier.first ?? 0, count: count, model) else {
      return .unknown("which of the \(count) interrupts of \(node.path) it takes is not known", via: via)
    }
    guard output < count else {
      return .malformed("is input \(line.specifier.first ?? 0) of \(node.path), which has no interrupt for it")
    }
    switch own.entries[output].end {
    case .gic(let interrupt):
      return .gic(
        ResolvedInterrupt(
          intid: interrupt.intid, kind: interrupt.kind, isEdge: interrupt.isEdge, flags: interrupt.flags,
          via: via + interrupt.via))
    case .unknown(let reason, let further):
      return .unknown(reason, via: via + further)
    case .malformed:
      return .malformed("passes \(node.path), whose own interrupt \(output) is malformed")
    }
  }

  /// Which of a controller's `count` interrupts input `number` raises; `nil` if that is not known.
  private static func output(of number: UInt32, count: Int, _ model: ControllerModel) -> Int? {
    switch model {
    case .indexed: Int(number)
    case .banks(let lines) where lines > 0 && count > 1: Int(number / lines)
    default: count == 1 ? 0 : nil
    }
  }

  // MARK: What is remembered

  private mutating func nexus(_ node: Node) -> Result<InterruptNexus, InterruptNexus.Malformed> {
    if let known = nexuses[node.index] { return known }
    let result =
      if case .shortMap = model(node.index) {
        InterruptNexus.readShort(node, in: tree)
      } else {
        InterruptNexus.read(node, in: tree)
      }
    nexuses[node.index] = result
    return result
  }

  private mutating func model(_ index: Int) -> ControllerModel {
    if let known = models[index] { return known }
    let node = tree.nodes[index]
    let model = ControllerModel(node, parentCompatible: tree.parent(of: node)?.compatible ?? [])
    models[index] = model
    return model
  }
}
