/// A device-tree property value as a manifest writes it.
public enum PropertyValue: Hashable, Sendable {
  /// `true`: a property without a value.
  case empty
  /// A string or a list of strings.
  case strings([String])
  /// A number: one 32-bit cell.
  case cell(UInt32)
  /// A list of numbers that all fit a byte: bytes, as `mac-address` and its like want them.
  case bytes([UInt8])
  /// A list of numbers of which one needs more than a byte: 32-bit cells.
  case cells([UInt32])
}
