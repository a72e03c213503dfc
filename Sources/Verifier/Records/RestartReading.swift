import Ownership

/// A restart record with the spans, copies and steps that are its.
public struct RestartReading: Hashable, Sendable {
  /// Bytes that a restart copies.
  public struct Copy: Hashable, Sendable {
    /// The pristine bytes.
    public let source: AddressRange
    /// Where they go, by physical address; as many.
    public let destination: AddressRange
  }

  /// A step that resets a device.
  public struct Step: Hashable, Sendable {
    /// Physical address of a 32-bit register.
    public let address: UInt64
    /// The bits that count.
    public let mask: UInt32
    /// Their value.
    public let value: UInt32
    /// 0 for a write; otherwise how many microseconds to wait at most.
    public let patience: UInt64
  }

  /// TTBR0_EL2 while the domain's memory is renewed.
  public let translationTable: UInt64
  /// Milliseconds within which the domain's limit counts.
  public let window: UInt64
  /// Physical address of the history.
  public let history: UInt64
  /// What is cleared, by physical address: whole pages.
  public let spans: [AddressRange]
  /// What is copied then.
  public let copies: [Copy]
  /// What resets its devices.
  public let steps: [Step]
}
