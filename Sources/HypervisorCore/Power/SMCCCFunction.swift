/// Function identifiers of the SMC Calling Convention (Arm DEN0028, 7).
public enum SMCCCFunction {
  /// SMCCC_VERSION.
  public static var version: UInt32 { 0x8000_0000 }
  /// SMCCC_ARCH_FEATURES.
  public static var archFeatures: UInt32 { 0x8000_0001 }
  /// SMCCC_ARCH_WORKAROUND_1.
  public static var workaround1: UInt32 { 0x8000_8000 }
  /// SMCCC_ARCH_WORKAROUND_2.
  public static var workaround2: UInt32 { 0x8000_7FFF }
  /// SMCCC_ARCH_WORKAROUND_3.
  public static var workaround3: UInt32 { 0x8000_3FFF }

  /// A workaround for a CPU erratum: the firmware's answer is the domain's.
  public static func isWorkaround(_ function: UInt32) -> Bool {
    function == workaround1 || function == workaround2 || function == workaround3
  }
}
