/// Walks the structure block token by token (devicetree specification v0.4, section 5.4) and holds every name against
/// the strings block.
struct StructureWalk {
  /// What is wrong, in words.
  private(set) var faults: [String] = []

  private let structure: BigEndianBytes
  private var names: NameOrder
  private var offset = 0
  private var depth = 0
  private var isFinished = false
  /// Name offsets of the properties of the node that is open, which may have no more of them once it has a child.
  private var properties: [UInt32] = []
  private var mayHaveProperties = false

  private static let beginNode: UInt32 = 1
  private static let endNode: UInt32 = 2
  private static let property: UInt32 = 3
  private static let end: UInt32 = 9

  /// Prepares a walk.
  init(_ structure: BigEndianBytes, _ strings: BigEndianBytes) {
    self.structure = structure
    names = NameOrder(strings)
  }

  /// Walks to the end or to the first token that cannot be read.
  mutating func run() {
    while faults.isEmpty, !isFinished { step() }
    if faults.isEmpty, offset != structure.count { fault("something follows the end token of the structure block") }
    if faults.isEmpty, let words = names.rest { faults.append(words) }
  }

  private mutating func fault(_ words: String) { faults.append("\(words), at offset \(offset) of the structure block") }

  private mutating func step() {
    guard let token = structure.word(offset) else { return fault("the structure block ends without an end token") }
    switch token {
    case Self.beginNode: begin()
    case Self.endNode: endOfNode()
    case Self.property: value()
    case Self.end:
      guard depth == 0, offset > 0 else { return fault("the end token stands inside a node") }
      offset += 4
      isFinished = true
    default: fault("token \(token) is none that a generated tree has")
    }
  }

  private mutating func begin() {
    guard depth > 0 || offset == 0, let zero = structure.zero(from: offset + 4) else {
      return fault("a second root node starts, or a node's name has no end")
    }
    let next = (zero + 4) & ~3
    guard structure.isZero(from: zero, to: next), next <= structure.count else {
      return fault("the padding behind a node's name is not zero")
    }
    depth += 1
    offset = next
    properties.removeAll(keepingCapacity: true)
    mayHaveProperties = true
  }

  private mutating func endOfNode() {
    guard depth > 0 else { return fault("a node ends that never started") }
    depth -= 1
    offset += 4
    mayHaveProperties = false
  }

  private mutating func value() {
    guard mayHaveProperties, let length = structure.word(offset + 4), let name = structure.word(offset + 8) else {
      return fault("a property stands outside of a node, behind a child, or is cut short")
    }
    let start = offset + 12
    let end = start + Int(length)
    let next = (end + 3) & ~3
    guard next <= structure.count else { return fault("a property reaches past the structure block") }
    guard structure.isZero(from: end, to: next) else { return fault("the padding behind a property is not zero") }
    if properties.contains(name) { return fault("a node has one property twice") }
    properties.append(name)
    if let words = names.use(Int(name)) { return fault(words) }
    offset = next
  }
}
