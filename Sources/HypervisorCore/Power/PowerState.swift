import Synchronization

/// Whether one CPU of a domain is on, by EL2's own account: QEMU's firmware accepts a second CPU_ON while one is under
/// way, and the firmware's account is about the physical CPU, which is always on.
///
/// Zeroed memory is a CPU that is off.
public struct PowerState: ~Copyable, Sendable {
  let state = Atomic<UInt32>(PowerState.off)
  let entryPoint = Atomic<UInt64>(0)
  let contextID = Atomic<UInt64>(0)

  static var off: UInt32 { 0 }
  static var starting: UInt32 { 1 }
  static var onPending: UInt32 { 2 }
  static var on: UInt32 { 3 }

  /// A CPU that is off.
  public init() {}

  /// CPU_ON of a checked entry point: exactly one of several callers gets SUCCESS and has to wake the CPU.
  ///
  /// - Parameter announce: runs for that caller before the CPU can begin.
  public func turnOn(entry: UInt64, context: UInt64, announce: () -> Void) -> UInt64 {
    let (won, found) = state.compareExchange(
      expected: Self.off, desired: Self.starting, ordering: .acquiringAndReleasing)
    if won {
      entryPoint.store(entry, ordering: .relaxed)
      contextID.store(context, ordering: .relaxed)
      announce()
      state.store(Self.onPending, ordering: .releasing)
      return PSCIStatus.success
    }
    return found == Self.on ? PSCIStatus.alreadyOn : PSCIStatus.onPending
  }

  /// Begins a CPU_ON that was accepted: entry point and context; nil if none was.
  public func begin() -> (entry: UInt64, context: UInt64)? {
    if state.load(ordering: .acquiring) != Self.onPending { return nil }
    state.store(Self.on, ordering: .releasing)
    return (entryPoint.load(ordering: .relaxed), contextID.load(ordering: .relaxed))
  }

  /// CPU_OFF, by the CPU itself once nothing of its last run is left.
  public func turnOff() { state.store(Self.off, ordering: .releasing) }

  /// The CPU has begun and not been turned off.
  public var isOn: Bool { state.load(ordering: .acquiring) == Self.on }

  /// AFFINITY_INFO (Arm DEN0022, 5.7): 0 ON, 1 OFF, 2 ON_PENDING.
  public var affinityInfo: UInt64 {
    switch state.load(ordering: .acquiring) {
    case Self.on: 0
    case Self.off: 1
    default: 2
    }
  }
}
