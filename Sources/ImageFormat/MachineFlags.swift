/// What a machine lacks and EL2 does in its place.
public enum MachineFlags {
  /// The GICv3 does not tell the CPUs of virtual interrupts: EL2 sets HCR_EL2.VI while a list register is pending.
  public static var signalsVirtualInterrupts: UInt64 { 1 }
}
