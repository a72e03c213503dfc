import Ownership

/// How addresses are written in messages and in the load map.
enum Hexadecimal {
  /// `0x` and lower-case digits, no leading zeros.
  static func text(_ value: UInt64) -> String { "0x" + String(value, radix: 16) }

  /// First and last address.
  static func text(_ range: AddressRange) -> String { "\(text(range.base)) to \(text(range.last))" }
}
