/// How a device is put into the state that it has after power-on.
public struct DeviceReset: Hashable, Sendable {
  /// One step: a write to a register of the device, or waiting for one.
  public struct Step: Hashable, Sendable {
    /// Offset in the device's first registers, a multiple of 4: a register of 32 bits.
    public let offset: UInt64
    /// The bits that count.
    public let mask: UInt32
    /// Their value: the one to write, other bits unchanged, or the one to wait for.
    public let value: UInt32
    /// 0 for a write; otherwise how many microseconds to wait at most.
    public let patience: UInt64

    /// Makes a step.
    public init(offset: UInt64, mask: UInt32, value: UInt32, patience: UInt64) {
      self.offset = offset
      self.mask = mask
      self.value = value
      self.patience = patience
    }
  }

  /// The device's node.
  public let path: String
  /// The steps, in order.
  public let steps: [Step]

  /// Makes a reset.
  public init(path: String, steps: [Step]) {
    self.path = path
    self.steps = steps
  }
}
