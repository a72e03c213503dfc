/// Return codes of PSCI (Arm DEN0022, 5.2.2), as a register holds them.
public enum PSCIStatus {
  /// SUCCESS.
  public static var success: UInt64 { 0 }
  /// NOT_SUPPORTED; SMCCC has the same.
  public static var notSupported: UInt64 { UInt64(bitPattern: -1) }
  /// INVALID_PARAMETERS.
  public static var invalidParameters: UInt64 { UInt64(bitPattern: -2) }
  /// ALREADY_ON.
  public static var alreadyOn: UInt64 { UInt64(bitPattern: -4) }
  /// ON_PENDING.
  public static var onPending: UInt64 { UInt64(bitPattern: -5) }
  /// INTERNAL_FAILURE.
  public static var internalFailure: UInt64 { UInt64(bitPattern: -6) }
  /// INVALID_ADDRESS.
  public static var invalidAddress: UInt64 { UInt64(bitPattern: -9) }
}
