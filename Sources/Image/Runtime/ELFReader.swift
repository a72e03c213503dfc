/// Bounds-checked reading of an ELF file's numbers, ranges and tables.
struct ELFReader {
  /// The whole file.
  let bytes: [UInt8]

  /// The number at an offset of the file.
  func number<Value: FixedWidthInteger & UnsignedInteger>(
    _ type: Value.Type = Value.self, at offset: Int
  ) throws(ELFError) -> Value {
    guard let value: Value = bytes.load(littleEndian: type, at: offset) else {
      throw ELFError("it ends in the middle of a header")
    }
    return value
  }

  /// The 64-bit number at an offset of the file, if it is no larger than `limit`.
  func size(at offset: Int, atMost limit: Int, of what: String) throws(ELFError) -> Int {
    let value = try number(UInt64.self, at: offset)
    guard let size = Int(exactly: value), size <= limit else {
      throw ELFError("a \(what) is \(value), and more than \(limit) cannot be right")
    }
    return size
  }

  /// A range of the file by two 64-bit numbers in it.
  func range(offsetAt: Int, sizeAt: Int, of what: String) throws(ELFError) -> Range<Int> {
    let offset = try size(at: offsetAt, atMost: bytes.count, of: "\(what)'s file offset")
    let length = try size(at: sizeAt, atMost: bytes.count - offset, of: "\(what)'s file size")
    return offset..<offset + length
  }

  /// Offsets of the entries of a header table, of which the ELF header gives place, entry size and count.
  func table(
    offsetAt: Int, entrySizeAt: Int, countAt: Int, entrySize: Int, of what: String
  ) throws(ELFError) -> [Int] {
    let count = Int(try number(UInt16.self, at: countAt))
    guard count > 0 else { return [] }
    guard Int(try number(UInt16.self, at: entrySizeAt)) == entrySize else {
      throw ELFError("its \(what)s are not \(entrySize) bytes long")
    }
    let offset = try size(at: offsetAt, atMost: bytes.count, of: "\(what) table's offset")
    guard count * entrySize <= bytes.count - offset else { throw ELFError("its \(what) table runs past its end") }
    return (0..<count).map { offset + $0 * entrySize }
  }
}
