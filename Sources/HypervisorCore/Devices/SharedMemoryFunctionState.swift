import Synchronization

/// What EL2 remembers of a channel's PCI function: zeroed memory that the compiler reserves. CPUs of other domains touch
/// only `status`.
public struct SharedMemoryFunctionState: ~Copyable {
  /// The writable bits of the Command register.
  let command = Atomic<UInt32>(0)
  /// The Interrupt Mask register.
  let mask = Atomic<UInt32>(0)
  /// The Interrupt Status register: 1 from a peer's ring until it is read.
  let status = Atomic<UInt32>(0)

  /// A function after a reset.
  public init() {}

  /// A peer rang. From any CPU.
  ///
  /// - Returns: false if it had rung before, and nobody has looked since.
  public func ring() -> Bool { status.exchange(1, ordering: .acquiringAndReleasing) == 0 }

  /// Becomes as after a reset.
  public func reset() {
    command.store(0, ordering: .relaxed)
    mask.store(0, ordering: .relaxed)
    status.store(0, ordering: .relaxed)
  }

  /// Interrupt Status in the Status register (PCI Local Bus 3.0, 6.2.3): whether INTx is disabled does not count.
  public var isInterrupting: Bool { status.load(ordering: .acquiring) & mask.load(ordering: .relaxed) & 1 != 0 }

  /// The level of INTA.
  public var interrupt: Bool {
    isInterrupting && command.load(ordering: .relaxed) & SharedMemoryFunction.interruptDisable == 0
  }
}
