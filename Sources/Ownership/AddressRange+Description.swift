extension AddressRange: CustomStringConvertible {
  /// First and last address in hexadecimal: `0x40000000..0x401fffff`.
  public var description: String { "\(base.hexadecimal)..\(last.hexadecimal)" }
}

extension UInt64 {
  /// The number as addresses are written everywhere in Bulkhead: `0x21c0000`, lower case, no leading zeros.
  public var hexadecimal: String { "0x" + String(self, radix: 16) }
}
