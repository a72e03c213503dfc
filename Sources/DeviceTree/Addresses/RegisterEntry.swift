/// One (address, size) entry of a node's `reg`, followed to the CPUs' address map.
public struct RegisterEntry: Hashable, Sendable {
  /// Position in `reg`, from 0.
  public let index: Int
  /// The address as it stands in `reg`, all cells as one number.
  public let busAddress: UInt128
  /// Bytes; 0 on buses without sizes.
  public let size: UInt64
  /// The CPU physical address; `nil` if the entry has none (an i2c address, a PCI function's number) or is malformed.
  public let address: UInt64?

  /// Makes an entry.
  public init(index: Int, busAddress: UInt128, size: UInt64, address: UInt64?) {
    self.index = index
    self.busAddress = busAddress
    self.size = size
    self.address = address
  }
}
