/// How EL2 treats a domain.
public enum DomainFlags {
  /// The domain takes its interrupts at EL1, without entering EL2 (HCR_EL2.IMO and FMO are 0). GICv3 only; the domain has
  /// one CPU, and nothing that EL2 would have to signal to it.
  public static var directInterrupts: UInt64 { 1 }
}
