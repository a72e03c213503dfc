/// ICH_HCR_EL2 (Arm IHI 0069, 12.4.2).
public enum InterfaceControl {
  /// En: the virtual CPU interface works.
  public static var enabled: UInt64 { 1 }
  /// UIE: maintenance interrupt while at most one list register holds something.
  public static var whenNearlyEmpty: UInt64 { 1 << 1 }
  /// NPIE: maintenance interrupt while no list register is pending.
  public static var whenNonePending: UInt64 { 1 << 3 }
  /// TC: accesses of EL1 to what Group 0 and Group 1 have in common trap: ICC_SGI0R_EL1, ICC_SGI1R_EL1, ICC_ASGI1R_EL1,
  /// ICC_CTLR_EL1, ICC_DIR_EL1, ICC_PMR_EL1, ICC_RPR_EL1.
  public static var trapsCommon: UInt64 { 1 << 10 }
  /// TALL0: accesses of EL1 to the registers of Group 0 trap.
  public static var trapsGroup0: UInt64 { 1 << 11 }
  /// For a domain that takes interrupts directly: no virtual interrupt, and of the physical interface only the registers
  /// of Group 1, which concern no other CPU but in one thing: the end of an interrupt by another's number.
  public static var direct: UInt64 { trapsCommon | trapsGroup0 }
}
