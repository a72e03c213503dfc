/// Function identifiers of PSCI 1.1 (Arm DEN0022, 5.1) and their 64-bit forms.
public enum PSCIFunction {
  /// PSCI_VERSION.
  public static var version: UInt32 { 0x8400_0000 }
  /// CPU_SUSPEND.
  public static var cpuSuspend: UInt32 { 0x8400_0001 }
  /// CPU_OFF.
  public static var cpuOff: UInt32 { 0x8400_0002 }
  /// CPU_ON.
  public static var cpuOn: UInt32 { 0x8400_0003 }
  /// AFFINITY_INFO.
  public static var affinityInfo: UInt32 { 0x8400_0004 }
  /// MIGRATE_INFO_TYPE.
  public static var migrateInfoType: UInt32 { 0x8400_0006 }
  /// SYSTEM_OFF.
  public static var systemOff: UInt32 { 0x8400_0008 }
  /// SYSTEM_RESET.
  public static var systemReset: UInt32 { 0x8400_0009 }
  /// PSCI_FEATURES.
  public static var features: UInt32 { 0x8400_000A }
  /// SYSTEM_RESET2.
  public static var systemReset2: UInt32 { 0x8400_0012 }

  /// The bit that makes an identifier one of SMC64.
  public static var wide: UInt32 { 0x4000_0000 }

  /// Whether firmware could take an identifier for one of PSCI: a fast call of the standard secure services, numbers 0 to
  /// 0x1F, in either form. Bit 16 is only a hint since SMCCC 1.3, which Trusted Firmware-A takes out before it looks at
  /// the number, and bits 23:17 mean nothing yet.
  public static func mayBe(_ function: UInt32) -> Bool { function & 0xBF00_FFE0 == version }

  /// Whether a domain may call it, for PSCI_FEATURES.
  public static func isImplemented(_ function: UInt32) -> Bool {
    switch function {
    case version, cpuSuspend, cpuSuspend | wide, cpuOff, cpuOn, cpuOn | wide, affinityInfo, affinityInfo | wide,
      migrateInfoType, systemOff, systemReset, features, systemReset2, systemReset2 | wide, SMCCCFunction.version:
      true
    default: false
    }
  }
}
