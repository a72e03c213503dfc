import Synchronization

/// What EL2 remembers of a CPU, in memory that the compiler reserves and the loader zeroes. TPIDR_EL2 points to it.
public struct CPUState: ~Copyable {
  /// What only the CPU itself touches. Assembly reads the first word.
  public var own = OwnState()
  /// What other CPUs ask of it.
  public let requests = RequestWord()
  /// GICv2: the CPU's own bit in GICD_ITARGETSR and GICD_SGIR, which nothing but the GIC tells; 0 before it has started.
  public let interfaceMask = Atomic<UInt32>(0)
  /// PSCI state.
  public let power = PowerState()
  /// Its SGIs and PPIs.
  public let redistributor = RedistributorState()
  /// What EL2 says from this CPU; taken by whoever owns the real UART.
  public let messages = ByteRing<1024>()

  /// A CPU that has not started.
  public init() {}
}
