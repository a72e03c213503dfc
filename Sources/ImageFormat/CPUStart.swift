/// How the CPUs that firmware has not started get to EL2.
public enum CPUStart: UInt32, Sendable {
  /// PSCI CPU_ON by SMC.
  case psci = 1
  /// A spin table: each waits for an address in memory. There is no firmware that an SMC could reach.
  case spinTable = 2
}
