/// What a machine lacks and EL2 does in its place.
public enum MachineFlags {
  /// The GICv3 does not tell the CPUs of virtual interrupts: EL2 sets HCR_EL2.VI while a list register is pending,
  /// whatever the domain's priority mask and active interrupts say, which EL2 does not see change. A domain that masks by
  /// priority takes IRQs there that it then reads as spurious.
  public static var signalsVirtualInterrupts: UInt64 { 1 }
}
