import Diagnostics
import Ownership

/// The bytes of some records, read by offset; what is wrong with them is told with the place.
struct RecordBytes {
  /// What a message calls them: `the partition table`.
  let name: String
  /// The rule that speaks if they are not as they should be.
  let rule: RuleDescription
  /// Physical address of the first byte.
  let base: UInt64
  private let bytes: [UInt8]

  /// Takes the bytes at a range of an image, all of which have to be in one segment.
  init(
    _ name: String, of image: MemoryImage, at base: UInt64, size: UInt64, rule: RuleDescription
  ) throws(VerifierError) {
    guard let range = AddressRange(base: base, size: size), let bytes = image.bytes(at: range) else {
      throw VerifierError(
        rule, "\(name) should have \(size) bytes at \(base.hexadecimal), and \(image.name) puts no such bytes there",
        resource: ResourceReference(.memory, base.hexadecimal))
    }
    self.name = name
    self.rule = rule
    self.base = base
    self.bytes = bytes
  }

  /// The unsigned integer, least significant byte first, at an offset.
  func number<Value: FixedWidthInteger & UnsignedInteger>(
    _ type: Value.Type = Value.self, at offset: Int
  ) throws(VerifierError) -> Value {
    let width = Value.bitWidth / 8
    guard offset >= 0, offset <= bytes.count - width else { throw fault(at: offset, "ends in the middle of a number") }
    return Value(littleEndian: bytes.withUnsafeBytes { $0.loadUnaligned(fromByteOffset: offset, as: Value.self) })
  }

  /// Bytes by offsets.
  func slice(_ offsets: Range<Int>) throws(VerifierError) -> ArraySlice<UInt8> {
    guard offsets.lowerBound >= 0, offsets.upperBound <= bytes.count else {
      throw fault(at: offsets.lowerBound, "ends in the middle of a record")
    }
    return bytes[offsets]
  }

  /// Refuses the records for what stands at an offset.
  func fault(at offset: Int, _ words: String) -> VerifierError {
    let address = base &+ UInt64(clamping: offset)
    return VerifierError(
      rule, "\(name) \(words) (byte offset \(offset), address \(address.hexadecimal))",
      resource: ResourceReference(.memory, address.hexadecimal))
  }

  /// Refuses the records unless something holds of what stands at an offset.
  func require(_ holds: Bool, at offset: Int, _ words: @autoclosure () -> String) throws(VerifierError) {
    if !holds { throw fault(at: offset, words()) }
  }
}
