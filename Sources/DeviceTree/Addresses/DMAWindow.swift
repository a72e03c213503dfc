/// One window of a bus through which its masters reach memory.
public struct DMAWindow: Hashable, Sendable {
  /// First address as the masters write it.
  public let address: UInt64
  /// First address as the CPUs write it.
  public let cpuAddress: UInt64
  /// Bytes.
  public let size: UInt64

  /// Makes a window.
  public init(address: UInt64, cpuAddress: UInt64, size: UInt64) {
    self.address = address
    self.cpuAddress = cpuAddress
    self.size = size
  }
}
