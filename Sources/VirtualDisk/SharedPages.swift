/// The pages that both sides of a disk work in. The other side may change them at any time, so nobody loads a value twice
/// and expects the same.
///
/// A guest answers with one access each; tests answer with an array. Addresses were compared with `range` before.
public protocol SharedPages {
  /// First address and bytes of the pages.
  var range: PageRange { get }
  /// Loads a byte.
  func load8(_ address: UInt64) -> UInt8
  /// Stores a byte.
  func store8(_ address: UInt64, _ value: UInt8)
  /// Loads 16 bits from an even address.
  func load16(_ address: UInt64) -> UInt16
  /// Stores 16 bits to an even address.
  func store16(_ address: UInt64, _ value: UInt16)
  /// Loads 32 bits from a multiple of 4.
  func load32(_ address: UInt64) -> UInt32
  /// Stores 32 bits to a multiple of 4.
  func store32(_ address: UInt64, _ value: UInt32)
  /// Orders what stands before it before what stands behind it, for the other side too.
  func barrier()
}

extension SharedPages {
  /// Loads 64 bits from a multiple of 4, in two halves.
  func load64(_ address: UInt64) -> UInt64 { UInt64(load32(address)) | UInt64(load32(address &+ 4)) << 32 }

  /// Stores 64 bits to a multiple of 4, in two halves.
  func store64(_ address: UInt64, _ value: UInt64) {
    store32(address, UInt32(truncatingIfNeeded: value))
    store32(address &+ 4, UInt32(truncatingIfNeeded: value >> 32))
  }
}
