/// ICH_HCR_EL2 (Arm IHI 0069, 12.4.2).
public enum InterfaceControl {
  /// En: the virtual CPU interface works.
  public static var enabled: UInt64 { 1 }
  /// UIE: maintenance interrupt while at most one list register holds something.
  public static var whenNearlyEmpty: UInt64 { 1 << 1 }
  /// NPIE: maintenance interrupt while no list register is pending.
  public static var whenNonePending: UInt64 { 1 << 3 }
}
