/// What becomes of an access to a register of the physical CPU interface that traps from a domain with direct interrupts
/// (ICH_HCR_EL2.TC and TALL0; Arm IHI 0069, 12.2). Accesses to ICC_SGI1R_EL1 are decided before, as those of every domain.
public enum InterfaceRegisterRule: Equatable, Sendable {
  /// ICC_PMR_EL1: which priorities interrupt this CPU, all of which are the domain's while it runs.
  case priorityMask
  /// ICC_RPR_EL1: the priority that is being handled on this CPU.
  case runningPriority
  /// ICC_CTLR_EL1: of what can be written, CBPR and EOImode concern this CPU alone.
  case control
  /// ICC_DIR_EL1: deactivates an interrupt, of whichever CPU. Passed on for lines of the domain.
  case deactivate
  /// ICC_IAR0_EL1 and ICC_HPPIR0_EL1: there is no interrupt of Group 0.
  case noInterrupt
  /// Other registers of Group 0, which Linux writes as it starts: read as zero, writes are ignored.
  case ignored

  /// The bits of ICC_CTLR_EL1 that a domain may write: CBPR (0) and EOImode (1). PMHE (6) would use the priority mask as a
  /// hint for interrupts that go to one of several CPUs, of which there are none.
  public static var controlBits: UInt64 { 3 }
  /// The bits of ICC_CTLR_EL1 that it reads as zero: RSS (18) and ExtRange (19), affinities and INTIDs that it does not
  /// have.
  public static var hiddenControlBits: UInt64 { 3 << 18 }

  /// The rule for an access; nil for what is no such register, or not in that direction.
  public static func rule(for access: SystemRegisterAccess) -> InterfaceRegisterRule? {
    switch access.name {
    case SystemRegisterAccess.name(3, 0, 4, 6, 0): .priorityMask
    case SystemRegisterAccess.name(3, 0, 12, 11, 3): access.isRead ? .runningPriority : nil
    case SystemRegisterAccess.name(3, 0, 12, 12, 4): .control
    case SystemRegisterAccess.name(3, 0, 12, 11, 1): access.isRead ? nil : .deactivate
    case SystemRegisterAccess.name(3, 0, 12, 8, 0),  // ICC_IAR0_EL1
      SystemRegisterAccess.name(3, 0, 12, 8, 2):  // ICC_HPPIR0_EL1
      access.isRead ? .noInterrupt : nil
    case SystemRegisterAccess.name(3, 0, 12, 8, 1):  // ICC_EOIR0_EL1
      access.isRead ? nil : .ignored
    case SystemRegisterAccess.name(3, 0, 12, 8, 3),  // ICC_BPR0_EL1
      SystemRegisterAccess.name(3, 0, 12, 8, 4), SystemRegisterAccess.name(3, 0, 12, 8, 5),  // ICC_AP0R<n>_EL1
      SystemRegisterAccess.name(3, 0, 12, 8, 6), SystemRegisterAccess.name(3, 0, 12, 8, 7),
      SystemRegisterAccess.name(3, 0, 12, 12, 6):  // ICC_IGRPEN0_EL1
      .ignored
    default: nil
    }
  }
}
