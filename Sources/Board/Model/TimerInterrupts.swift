/// The interrupts of the generic timer (`arm,armv8-timer`), as INTIDs.
public struct TimerInterrupts: Hashable, Sendable {
  /// The node.
  public let path: String
  /// EL1 secure physical timer.
  public let securePhysical: UInt32?
  /// EL1 non-secure physical timer.
  public let physical: UInt32?
  /// EL1 virtual timer.
  public let virtual: UInt32?
  /// EL2 physical timer.
  public let hypervisor: UInt32?
  /// `clock-frequency`, where the tree states one (in hertz).
  public let frequency: UInt32?

  /// Makes the timer.
  public init(
    path: String,
    securePhysical: UInt32?,
    physical: UInt32?,
    virtual: UInt32?,
    hypervisor: UInt32?,
    frequency: UInt32?
  ) {
    self.path = path
    self.securePhysical = securePhysical
    self.physical = physical
    self.virtual = virtual
    self.hypervisor = hypervisor
    self.frequency = frequency
  }
}
