extension [UInt8] {
  /// Appends an integer, least significant byte first.
  mutating func append<Value: FixedWidthInteger>(littleEndian value: Value) {
    Swift.withUnsafeBytes(of: value.littleEndian) { append(contentsOf: $0) }
  }

  /// Puts an integer, least significant byte first, at an offset; whether all of it lies inside the array.
  mutating func store<Value: FixedWidthInteger>(littleEndian value: Value, at offset: Int) -> Bool {
    let width = MemoryLayout<Value>.size
    guard offset >= 0, count >= width, offset <= count - width else { return false }
    Swift.withUnsafeBytes(of: value.littleEndian) { replaceSubrange(offset..<offset + width, with: $0) }
    return true
  }

  /// The integer, least significant byte first, at an offset; `nil` unless all of it lies inside the array.
  func load<Value: FixedWidthInteger & UnsignedInteger>(
    littleEndian type: Value.Type = Value.self, at offset: Int
  ) -> Value? {
    let width = MemoryLayout<Value>.size
    guard offset >= 0, count >= width, offset <= count - width else { return nil }
    return self[offset..<offset + width].reversed().reduce(0) { $0 << 8 | Value($1) }
  }

  /// Zeros up to a length.
  mutating func pad(to length: Int) {
    if length > count { append(contentsOf: repeatElement(0, count: length - count)) }
  }
}
