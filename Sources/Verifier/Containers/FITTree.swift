import Foundation

/// Reads the flattened tree that a FIT image is (devicetree specification, chapter 5), every number in it taken for
/// hostile.
struct FITTree {
  private enum Token {
    static let beginNode: UInt32 = 1
    static let endNode: UInt32 = 2
    static let property: UInt32 = 3
    static let nop: UInt32 = 4
    static let end: UInt32 = 9
  }

  private static let depthLimit = 8
  private static let nodeLimit = 4096
  private static let nameLimit: UInt64 = 256

  private let file: FileBytes
  private let structure: Range<UInt64>
  private let strings: Range<UInt64>
  /// Bytes of the tree itself; external data stand behind them.
  let size: UInt64

  /// Checks the header.
  init(_ file: FileBytes) throws(VerifierError) {
    self.file = file
    let magic: UInt32 = try file.bigEndian(at: 0)
    try file.require(magic == 0xD00D_FEED, at: 0, "is not a FIT image")
    size = UInt64(try file.bigEndian(UInt32.self, at: 4))
    try file.require(size <= file.count, at: 4, "says that it has \(size) bytes, and it has \(file.count)")
    let version: UInt32 = try file.bigEndian(at: 20)
    try file.require(version == 17, at: 20, "is a tree of version \(version), not 17")
    structure = try Self.block(file, offsetAt: 8, sizeAt: 36, within: size)
    strings = try Self.block(file, offsetAt: 12, sizeAt: 32, within: size)
    try file.require(structure.lowerBound % 4 == 0, at: 8, "has a structure that is not aligned")
  }

  private static func block(
    _ file: FileBytes, offsetAt: UInt64, sizeAt: UInt64, within size: UInt64
  ) throws(VerifierError) -> Range<UInt64> {
    let offset = UInt64(try file.bigEndian(UInt32.self, at: offsetAt))
    let length = UInt64(try file.bigEndian(UInt32.self, at: sizeAt))
    try file.require(offset + length <= size, at: offsetAt, "has a part that runs past its end")
    return offset..<offset + length
  }

  /// The root with everything below it.
  func root() throws(VerifierError) -> FITNode {
    var open: [FITNode] = []
    var next = structure.lowerBound
    var count = 0
    while true {
      let place = next
      try file.require(structure.upperBound - place >= 4, at: place, "ends in the middle of its tree")
      next += 4
      switch try file.bigEndian(UInt32.self, at: place) {
      case Token.beginNode:
        count += 1
        try file.require(
          open.count < Self.depthLimit && count <= Self.nodeLimit, at: place, "has more nodes than any FIT image")
        open.append(FITNode(name: try name(at: &next), place: place))
      case Token.property:
        let (name, value) = try property(at: &next)
        try file.require(!open.isEmpty, at: place, "has a property of no node")
        let known = open[open.count - 1].properties.updateValue(value, forKey: name)
        try file.require(known == nil, at: place, "has two properties \(name) in one node")
      case Token.endNode:
        guard let node = open.popLast() else { throw file.fault(at: place, "ends a node that did not begin") }
        guard !open.isEmpty else {
          try checkEnd(at: next)
          return node
        }
        try file.require(
          open[open.count - 1].child(node.name) == nil, at: node.place, "has two nodes \(node.name) in one place")
        open[open.count - 1].children.append(node)
      case Token.nop: continue
      default: throw file.fault(at: place, "has something that is no part of a tree")
      }
    }
  }

  private func checkEnd(at place: UInt64) throws(VerifierError) {
    let token: UInt32 = try file.bigEndian(at: place)
    try file.require(
      token == Token.end && place + 4 == structure.upperBound, at: place, "has something behind its root node")
  }

  private func name(at next: inout UInt64) throws(VerifierError) -> String {
    let text = try text(at: next, before: structure.upperBound)
    next += UInt64(text.utf8.count) + 1
    next = (next + 3) & ~3
    return text
  }

  private func property(at next: inout UInt64) throws(VerifierError) -> (String, FITNode.Value) {
    let length = UInt64(try file.bigEndian(UInt32.self, at: next))
    let nameOffset = UInt64(try file.bigEndian(UInt32.self, at: next + 4))
    let start = next + 8
    try file.require(
      start <= structure.upperBound && length <= structure.upperBound - start, at: next,
      "has a property of \(length) bytes that runs past its tree")
    let name = try text(at: strings.lowerBound + nameOffset, before: strings.upperBound)
    let bytes = try file.part(at: start, size: length, by: next, "a property")
    next = (start + length + 3) & ~3
    return (name, FITNode.Value(bytes: bytes, place: start))
  }

  private func text(at start: UInt64, before end: UInt64) throws(VerifierError) -> String {
    var bytes: [UInt8] = []
    var place = start
    while true {
      try file.require(
        place < end && UInt64(bytes.count) < Self.nameLimit, at: start, "has a name that does not end")
      let byte: UInt8 = try file.number(at: place)
      if byte == 0 { break }
      bytes.append(byte)
      place += 1
    }
    guard let text = String(validating: bytes, as: UTF8.self) else { throw file.fault(at: start, "has a broken name") }
    return text
  }
}
