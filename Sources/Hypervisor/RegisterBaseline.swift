import HypervisorCore
import HypervisorEntry
import ImageFormat

/// Every register that decides what a domain can do, with its value, its reason and its section of the Arm Architecture
/// Reference Manual (DDI 0487, issue J; "GIC" is IHI 0069, issue H). SCTLR_EL2 is in boot.S; TTBR0_EL2, TCR_EL2,
/// MAIR_EL2, VTCR_EL2 and VTTBR_EL2 come from the compiler.
enum RegisterBaseline {
  /// HCR_EL2 (D19.2.48), with E2H = 0.
  enum HCR {
    /// VM: stage 2 is on.
    static var vm: UInt64 { 1 << 0 }
    /// SWIO: invalidation by set and way also cleans, should one ever get through.
    static var swio: UInt64 { 1 << 1 }
    /// PTW: a table walk of the domain in device memory is a fault, not a device access.
    static var ptw: UInt64 { 1 << 2 }
    /// FMO: FIQs come to EL2; none is expected, as every line is Group 1.
    static var fmo: UInt64 { 1 << 3 }
    /// IMO: IRQs come to EL2, and the domain has the virtual CPU interface.
    static var imo: UInt64 { 1 << 4 }
    /// AMO: system errors come to EL2, which charges them to the domain of the CPU.
    static var amo: UInt64 { 1 << 5 }
    /// TID1: SMIDR_EL1 is undefined, where the CPU has SME; REVIDR_EL1 and AIDR_EL1 trap with it and are shown.
    static var tid1: UInt64 { 1 << 16 }
    /// TID3: identification registers show what the domain may use.
    static var tid3: UInt64 { 1 << 18 }
    /// TSC: SMC is EL2's to decide; a domain never reaches the firmware by itself.
    static var tsc: UInt64 { 1 << 19 }
    /// TIDCP: implementation defined registers are undefined for domains.
    static var tidcp: UInt64 { 1 << 20 }
    /// TACR: ACTLR_EL1 reads as zero and cannot be written.
    static var tacr: UInt64 { 1 << 21 }
    /// TSW: cache maintenance by set and way is ignored and counted.
    static var tsw: UInt64 { 1 << 22 }
    /// RW: EL1 is AArch64.
    static var rw: UInt64 { 1 << 31 }
    /// TLOR: LORegions are undefined, where the CPU has them.
    static var tlor: UInt64 { 1 << 35 }
    /// TERR: error records are undefined, where the CPU has them.
    static var terr: UInt64 { 1 << 36 }
    /// APK and API: pointer authentication does not trap; exactly when the domain sees it.
    static var pointerAuthentication: UInt64 { 1 << 40 | 1 << 41 }
    /// TID5: GMID_EL1 is undefined, where the CPU has memory tagging.
    static var tid5: UInt64 { 1 << 58 }

    /// The value for a domain. TWI and TWE stay 0: a CPU that waits is the domain's own. ATA stays 0: no memory tags.
    static func value(for domain: DomainHandle, _ features: DomainFeatures) -> UInt64 {
      var value = vm | swio | ptw | fmo | imo | amo | tid3 | tsc | tidcp | tacr | tsw | rw
      if field(read_id_aa64mmfr1_el1(), 16) != 0 { value |= tlor }
      if field(read_id_aa64pfr0_el1(), 28) != 0 { value |= terr }
      if field(read_id_aa64pfr1_el1(), 8) > 1 { value |= tid5 }
      if field(read_id_aa64pfr1_el1(), 24) != 0 { value |= tid1 }
      let isar1 = domain.identification(49, hardware: read_identification(49))
      let isar2 = domain.identification(50, hardware: read_identification(50))
      if IdentificationRegister.showsPointerAuthentication(isar1: isar1, isar2: isar2, features: features) {
        value |= pointerAuthentication
      }
      return value
    }
  }

  /// CPTR_EL2 (D19.2.32), with E2H = 0: RES1 bits 13, 9 and 7:0; TZ (8) traps SVE unless it is the domain's, TSM (12)
  /// traps SME, both RES1 without them; TTA (20) traps trace registers; TAM (30) traps activity monitors. TFP (10) is 0:
  /// floating point is the domain's.
  static func cptr(_ features: DomainFeatures) -> UInt64 {
    let vectors: UInt64 = features.contains(.sve) ? 0 : 1 << 8
    return 1 << 13 | 1 << 12 | 1 << 9 | vectors | 0xFF | 1 << 20 | 1 << 30
  }

  /// MDCR_EL2 (D19.2.101): TDRA (11) and TDOSA (10) trap the ROM table's registers and the OS locks, so that no domain can
  /// lock and then set MDSCR_EL1.HDE, which would let its breakpoints halt the CPU, at EL2 too. TDA (9) traps all other
  /// debug registers unless they are the domain's: TDE (8) is 0, so that what they raise goes to EL1, and nothing is
  /// raised at EL2 (D2.4.1). TPMS (14) traps statistical profiling, E2PB (13:12) = 0 keeps its buffer from EL1; HPMD (17)
  /// and, with FEAT_PMUv3p5, HCCD (23) stop the counters at EL2; TTRF (19) traps the trace filter, E2TB (25:24) = 0 keeps the
  /// trace buffer from EL1. TPM (6) and TPMCR (5) trap the performance monitors unless they are the domain's. HPMN (4:0): all
  /// counters are in the range that EL1 could use, so that none is left to EL2.
  static func mdcr(_ features: DomainFeatures) -> UInt64 {
    let pmuVersion = field(read_id_aa64dfr0_el1(), 8)
    let counters = pmuVersion == 0 || pmuVersion == 0xF ? 0 : read_pmcr_el0() >> 11 & 0x1F
    var value = 1 << 19 | 1 << 17 | 1 << 14 | 1 << 11 | 1 << 10 | counters
    if pmuVersion >= 6, pmuVersion != 0xF { value |= 1 << 23 }
    if !features.contains(.pmu) { value |= 1 << 6 | 1 << 5 }
    if !features.contains(.debug) { value |= 1 << 9 }
    return value
  }

  /// CNTHCTL_EL2 (D19.12.9), with E2H = 0: EL1PCEN (1) and EL1PCTEN (0): the physical timer and counter of EL1 belong
  /// to the domain.
  static var cnthctl: UInt64 { 3 }

  /// SCTLR_EL1 (D19.2.120) as a domain finds it: the RES1 bits of Armv8.0, MMU and caches off, little-endian.
  static var sctlrEL1: UInt64 { 0x30D0_0800 }

  /// MPAM2_EL2 (D19.7.5): TRAPMPAM1EL1 (48) and TRAPMPAM0EL1 (49): the labels of a domain's memory traffic are not its
  /// own to choose; the partition of EL2 itself is the default.
  static var mpam2: UInt64 { 1 << 48 | 1 << 49 }

  /// Sets what EL2 decides for a CPU of a domain.
  static func setHypervisorRegisters(for domain: DomainHandle, virtualIndex: UInt32) {
    let features = DomainFeatures(rawValue: domain.record.features)
    // Stage 2 is on only after it has its tables, or a walk could begin at an address that nobody chose.
    write_vtcr_el2(domain.record.stage2Control)
    write_vttbr_el2(domain.record.stage2Table)
    instruction_barrier()
    write_hcr_el2(HCR.value(for: domain, features))
    // ACTLR_EL2 (D19.2.2): implementation defined; 0 gives EL1 nothing on every CPU that the boards have.
    write_actlr_el2(0)
    write_cptr_el2(cptr(features))
    if features.contains(.sve) {
      instruction_barrier()
      // ZCR_EL2 (D19.2.163): LEN is as much as there is.
      write_zcr_el2(0xF)
    }
    write_mdcr_el2(mdcr(features))
    // HSTR_EL2 (D19.2.70): coprocessor accesses of AArch32, which only EL0 can be in, do not trap by register.
    write_hstr_el2(0)
    write_cnthctl_el2(cnthctl)
    // CNTVOFF_EL2 (D19.12.15): virtual time is physical time; nothing migrates.
    write_cntvoff_el2(0)
    // VPIDR_EL2 (D19.2.158): the CPU as it is. VMPIDR_EL2 (D19.2.157): RES1 bit 31, Aff0 by the domain's own count.
    write_vpidr_el2(read_midr_el1())
    write_vmpidr_el2(1 << 31 | UInt64(virtualIndex))
    disableLaterControls()
  }

  /// MPAM2_EL2, HCRX_EL2 (D19.2.49) and the fine-grained traps (D19.2.41 to D19.2.45), where the CPU has them:
  /// everything that they could allow stays off, and the optional traps of the latter too.
  static func disableLaterControls() {
    let hasMPAM = field(read_id_aa64pfr0_el1(), 40) != 0 || field(read_id_aa64pfr1_el1(), 16) != 0
    if hasMPAM { write_mpam2_el2(mpam2) }
    if field(read_id_aa64mmfr1_el1(), 40) != 0 { write_hcrx_el2(0) }
    if field(read_id_aa64mmfr0_el1(), 56) != 0 {
      write_hfgrtr_el2(0)
      write_hfgwtr_el2(0)
      write_hfgitr_el2(0)
      write_hdfgrtr_el2(0)
      write_hdfgwtr_el2(0)
    }
  }

  /// Puts EL1 and EL0 into a known state, so that a domain neither depends on what the firmware left nor sees it.
  static func resetDomainRegisters() {
    write_sctlr_el1(sctlrEL1)
    write_actlr_el1(0)
    write_cpacr_el1(0)
    write_tcr_el1(0)
    write_ttbr0_el1(0)
    write_ttbr1_el1(0)
    write_mair_el1(0)
    write_amair_el1(0)
    write_vbar_el1(0)
    write_contextidr_el1(0)
    write_tpidr_el0(0)
    write_tpidrro_el0(0)
    write_tpidr_el1(0)
    write_csselr_el1(0)
    write_par_el1(0)
    write_esr_el1(0)
    write_afsr0_el1(0)
    write_afsr1_el1(0)
    write_far_el1(0)
    write_elr_el1(0)
    write_spsr_el1(0)
    write_sp_el0(0)
    write_sp_el1(0)
    write_mdscr_el1(0)
    resetDomainInterface()
    write_cntkctl_el1(0)
    write_cntv_ctl_el0(0)
    write_cntp_ctl_el0(0)
    write_cntv_cval_el0(0)
    write_cntp_cval_el0(0)
    // DISR_EL1, where the CPU has RAS, is VDISR_EL2 to a domain whose system errors come to EL2.
    if field(read_id_aa64pfr0_el1(), 28) != 0 { write_vdisr_el2(0) }
    // Firmware lets EL2 have the keys exactly where a domain sees pointer authentication.
    if read_hcr_el2() & HCR.pointerAuthentication != 0 { forgetKeys() }
    resetOptionalRegisters(DomainFeatures(rawValue: Current.virtualCPU.domain.record.features))
  }

  /// What only some domains were given, so that a run neither sees nor feels what an earlier one left. SVE's own registers
  /// are zeroed on the way in.
  static func resetOptionalRegisters(_ features: DomainFeatures) {
    if features.contains(.pmu) { resetPerformanceMonitors() }
    if features.contains(.sve) { write_zcr_el1(0) }
    if features.contains(.debug) { resetDebugRegisters() }
  }

  /// PMCR_EL0 (D19.5.10): P (1) and C (2) zero every counter, LC (6) lets the cycle counter overflow at 64 bits, E (0) is
  /// off. No counter is enabled, interrupts, has overflowed, counts an event, or can be reached from EL0.
  static func resetPerformanceMonitors() {
    write_pmcr_el0(1 << 6 | 1 << 2 | 1 << 1)
    write_pmcntenclr_el0(0xFFFF_FFFF)
    write_pmintenclr_el1(0xFFFF_FFFF)
    write_pmovsclr_el0(0xFFFF_FFFF)
    write_pmuserenr_el0(0)
    write_pmccfiltr_el0(0)
    for counter in 0..<(read_pmcr_el0() >> 11 & 0x1F) {
      write_pmselr_el0(counter)
      instruction_barrier()
      write_pmxevtyper_el0(0)
    }
    write_pmselr_el0(0)
  }

  /// DBGB<n>_EL1 and DBGW<n>_EL1 (D19.3.2 to D19.3.12), as many as there are; the OS lock is open (D19.3.21), and no claim
  /// is held. MDSCR_EL1 is 0 already.
  static func resetDebugRegisters() {
    let identification = read_id_aa64dfr0_el1()
    for point in 0...field(identification, 12) { reset_breakpoint(UInt32(point)) }
    for point in 0...field(identification, 20) { reset_watchpoint(UInt32(point)) }
    write_mdccint_el1(0)
    write_dbgclaimclr_el1(0xFF)
    write_oslar_el1(0)
  }

  /// The keys of pointer authentication (D19.2.17 to D19.2.26).
  static func forgetKeys() {
    write_apiakeylo_el1(0)
    write_apiakeyhi_el1(0)
    write_apibkeylo_el1(0)
    write_apibkeyhi_el1(0)
    write_apdakeylo_el1(0)
    write_apdakeyhi_el1(0)
    write_apdbkeylo_el1(0)
    write_apdbkeyhi_el1(0)
    write_apgakeylo_el1(0)
    write_apgakeyhi_el1(0)
  }

  /// The priority mask of a CPU that runs its domain: every priority.
  static func admitDomainLines() { Machine.setPriorityMask(0xFF) }

  /// The priority mask of a CPU that is off: only what is more urgent than the domains' lines, so EL2's own.
  static func holdBackDomainLines() { Machine.setPriorityMask(InterruptSetup.domainPriorities & 0xFF) }

  static func field(_ value: UInt64, _ shift: UInt64) -> UInt64 { value >> shift & 0xF }
}
