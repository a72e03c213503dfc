import ImageFormat

/// `RuntimeHeader` as the compiler reads it from a linked runtime, with every number checked.
struct RuntimeLayout: Hashable, Sendable {
  /// Where `RuntimeHeader.partitionTable` stands in the image.
  static let partitionTableOffset = RuntimeHeader.offset + 64
  /// Where `RuntimeHeader.imageBase` stands in the image.
  static let imageBaseOffset = RuntimeHeader.offset + 72
  /// Where `RuntimeHeader.partitionTablePhysical` stands in the image.
  static let physicalTableOffset = RuntimeHeader.offset + 80
  /// Larger stacks and states than this are refused.
  static let sizeLimit: UInt32 = 1 << 20

  /// Bytes of stack for each CPU.
  let stackSize: UInt64
  /// Bytes of state for each CPU.
  let cpuStateSize: UInt64
  /// Bytes of state for each domain.
  let domainStateSize: UInt64
  /// Offsets of the code.
  let text: Range<Int>
  /// Offsets of the constants.
  let readOnlyData: Range<Int>
  /// Offsets of the variables, zeros included.
  let data: Range<Int>

  /// Bytes from offset 0 to the end of data.
  var size: Int { data.upperBound }

  /// Reads and checks the header in a memory image.
  init(_ image: [UInt8]) throws(ELFError) {
    let magic: UInt64 = try Self.field(0, of: image)
    guard magic == FormatVersion.runtimeMagic else { throw ELFError("there is no runtime header at offset 64") }
    let version: UInt32 = try Self.field(8, of: image)
    guard version == FormatVersion.current else {
      throw ELFError("it speaks version \(version) of the image format, and the compiler \(FormatVersion.current)")
    }
    guard image.load(littleEndian: UInt32.self, at: 56) == 0x644D_5241 else {
      throw ELFError("there is no arm64 Image header at offset 0")
    }
    stackSize = try Self.size(at: 12, of: image, unit: 64, "stackSize")
    cpuStateSize = try Self.size(at: 16, of: image, unit: 64, "cpuStateSize")
    domainStateSize = try Self.size(at: 20, of: image, unit: 64, "domainStateSize")
    text = 0..<(try Self.number(at: 24, of: image, "textSize"))
    readOnlyData = try Self.section(at: 32, of: image, after: text, unit: 4096, "read-only data")
    data = try Self.section(at: 48, of: image, after: readOnlyData, unit: 64, "data")
  }

  private static func field<Value: FixedWidthInteger & UnsignedInteger>(
    _ offset: Int, of image: [UInt8]
  ) throws(ELFError) -> Value {
    guard let value: Value = image.load(littleEndian: Value.self, at: RuntimeHeader.offset + offset) else {
      throw ELFError("it is too short to hold a runtime header")
    }
    return value
  }

  private static func size(
    at offset: Int, of image: [UInt8], unit: UInt32, _ name: String
  ) throws(ELFError) -> UInt64 {
    let value: UInt32 = try field(offset, of: image)
    guard value > 0, value % unit == 0, value <= sizeLimit else {
      throw ELFError("its header's \(name) is \(value), not a multiple of \(unit) up to \(sizeLimit)")
    }
    return UInt64(value)
  }

  private static func number(at offset: Int, of image: [UInt8], _ name: String) throws(ELFError) -> Int {
    let value: UInt64 = try field(offset, of: image)
    guard let number = Int(exactly: value), number <= ELFFile.memoryLimit else {
      throw ELFError("its header's \(name) is \(value), and more than \(ELFFile.memoryLimit) cannot be right")
    }
    return number
  }

  private static func section(
    at offset: Int, of image: [UInt8], after previous: Range<Int>, unit: Int, _ name: String
  ) throws(ELFError) -> Range<Int> {
    let start = try number(at: offset, of: image, "\(name) offset")
    let size = try number(at: offset + 8, of: image, "\(name) size")
    guard start % 4096 == 0, size % unit == 0, start >= previous.upperBound else {
      throw ELFError("its \(name) is not a multiple of \(unit) bytes on a page behind the section before it")
    }
    return start..<start + size
  }
}
