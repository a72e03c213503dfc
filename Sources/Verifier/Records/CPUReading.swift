/// A CPU record.
public struct CPUReading: Hashable, Sendable {
  /// MPIDR_EL1: Aff3 in bits 39:32, Aff2 to Aff0 in bits 23:0, all others 0.
  public let affinity: UInt64
  /// Physical address of its state, and the first above its EL2 stack.
  public let state: UInt64
  /// Physical address of its redistributor; 0 on a GICv2.
  public let redistributor: UInt64
  /// Index of its domain; `nil` for a CPU of none.
  public let domain: Int?
  /// Its number in its domain, from 0.
  public let virtualIndex: UInt32
  /// What MIDR_EL1 has to be in the bits of `midrMask`.
  public let midr: UInt32
  /// The bits of MIDR_EL1 that are compared; 0 where its type is not known.
  public let midrMask: UInt32
  /// Spin table: physical address of the word that it waits on; 0 for PSCI, and for the boot CPU.
  public let releaseAddress: UInt64
}
