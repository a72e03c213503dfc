import GuestTree

/// Addresses that the guest was given.
struct Window {
  let base: UInt64
  let size: UInt64

  init(_ registers: TreeRegisters) { self.init(base: registers.base, size: registers.size) }

  init(base: UInt64, size: UInt64) {
    self.base = base
    self.size = size
  }

  /// Whether an address lies within.
  func contains(_ address: UInt64) -> Bool { address >= base && address - base < size }
}
