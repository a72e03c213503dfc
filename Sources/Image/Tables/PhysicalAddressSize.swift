/// The PS field of TCR_EL2 and VTCR_EL2 (Arm DDI 0487J.a, D19.2).
struct PhysicalAddressSize: Hashable, Sendable {
  /// The sizes that the field can say, in bits, in the order of their encodings; 52 bits need FEAT_LPA2 with 4 KiB pages.
  private static let sizes = [32, 36, 40, 42, 44, 48]

  /// The size in bits.
  let bits: Int
  /// The field's value.
  let encoding: UInt64

  /// The largest size that the field can say and a CPU of `available` physical address bits has; `nil` below 32.
  init?(available: Int) {
    guard let index = Self.sizes.lastIndex(where: { $0 <= available }) else { return nil }
    bits = Self.sizes[index]
    encoding = UInt64(index)
  }
}
