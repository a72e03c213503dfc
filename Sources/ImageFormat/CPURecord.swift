/// One CPU of the system.
public struct CPURecord {
  /// MPIDR_EL1 affinity fields (Aff3 in bits 39:32, Aff2 to Aff0 in bits 23:0), all other bits 0.
  public var affinity: UInt64
  /// Physical address of its state, `RuntimeHeader.cpuStateSize` bytes, and the first above its EL2 stack.
  public var state: UInt64
  /// GICv3: physical address of its redistributor's RD_base frame.
  public var redistributor: UInt64
  /// Index of its domain record; `CPURecord.noDomain` for none (the CPU is parked).
  public var domain: UInt32
  /// Its number in the domain, from 0; what the domain sees as Aff0 of MPIDR_EL1.
  public var virtualIndex: UInt32
  /// What MIDR_EL1 has to be in the bits of `midrMask`.
  public var midr: UInt32
  /// The bits of MIDR_EL1 that the type of the CPU decides; 0 where the compiler does not know the type.
  public var midrMask: UInt32
  /// Spin table: physical address of the word that the CPU waits on for its entry point; 0 for PSCI.
  public var releaseAddress: UInt64

  /// `domain` of a CPU that belongs to no domain.
  public static var noDomain: UInt32 { 0xFFFF_FFFF }
}
