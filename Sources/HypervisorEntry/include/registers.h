// System registers, barriers and device memory, one instruction each.
#ifndef BULKHEAD_REGISTERS_H
#define BULKHEAD_REGISTERS_H

#include <stdint.h>

// Without optimisation too, and in Swift: the instruction itself, not a call of it.
#define INLINE static inline __attribute__((always_inline))

#define READABLE(name)                                                                                                 \
  INLINE uint64_t read_##name(void) {                                                                           \
    uint64_t value;                                                                                                    \
    __asm__ volatile("mrs %0, " #name : "=r"(value));                                                                  \
    return value;                                                                                                      \
  }
#define WRITABLE(name)                                                                                                 \
  INLINE void write_##name(uint64_t value) { __asm__ volatile("msr " #name ", %0" ::"r"(value) : "memory"); }
#define REGISTER(name) READABLE(name) WRITABLE(name)

// The CPU itself
READABLE(currentel)
READABLE(midr_el1)
READABLE(mpidr_el1)
READABLE(revidr_el1)
READABLE(aidr_el1)
READABLE(id_aa64pfr0_el1)
READABLE(id_aa64pfr1_el1)
READABLE(id_aa64dfr0_el1)
READABLE(id_aa64mmfr0_el1)
READABLE(id_aa64mmfr1_el1)

// EL2
REGISTER(hcr_el2)
REGISTER(esr_el2)
REGISTER(elr_el2)
REGISTER(spsr_el2)
READABLE(far_el2)
READABLE(hpfar_el2)
REGISTER(tpidr_el2)
WRITABLE(vpidr_el2)
WRITABLE(vmpidr_el2)
WRITABLE(vttbr_el2)
WRITABLE(vtcr_el2)
WRITABLE(actlr_el2)
WRITABLE(cptr_el2)
WRITABLE(mdcr_el2)
WRITABLE(hstr_el2)
WRITABLE(cnthctl_el2)
WRITABLE(cntvoff_el2)
WRITABLE(cnthp_ctl_el2)
WRITABLE(cnthp_cval_el2)
READABLE(cntpct_el0)
READABLE(cntfrq_el0)

// EL2's map and the caches (DDI 0487, D19.2, C6.2)
WRITABLE(ttbr0_el2)
READABLE(ctr_el0)
READABLE(dczid_el0)
INLINE void invalidate_own_translations(void) { __asm__ volatile("tlbi alle2" ::: "memory"); }
INLINE void invalidate_domain_translations(void) { __asm__ volatile("tlbi vmalls12e1is" ::: "memory"); }
INLINE void invalidate_instructions(void) { __asm__ volatile("ic ialluis" ::: "memory"); }
INLINE void clean_line(uint64_t address) { __asm__ volatile("dc civac, %0" ::"r"(address) : "memory"); }
INLINE void clear_block(uint64_t address) { __asm__ volatile("dc zva, %0" ::"r"(address) : "memory"); }

// Only where the identification registers show them: MPAM2_EL2, HCRX_EL2 and the fine-grained traps (DDI 0487, D19.2,
// D19.7). The assembler knows them by encoding only.
#define ENCODED(name, encoding)                                                                                        \
  INLINE void write_##name(uint64_t value) {                                                                    \
    __asm__ volatile("msr " #encoding ", %0" ::"r"(value) : "memory");                                                 \
  }
ENCODED(mpam2_el2, s3_4_c10_c5_0)
ENCODED(hcrx_el2, s3_4_c1_c2_2)
ENCODED(hfgrtr_el2, s3_4_c1_c1_4)
ENCODED(hfgwtr_el2, s3_4_c1_c1_5)
ENCODED(hfgitr_el2, s3_4_c1_c1_6)
ENCODED(hdfgrtr_el2, s3_4_c3_c1_4)
ENCODED(hdfgwtr_el2, s3_4_c3_c1_5)

// Performance monitors and self-hosted debug, where a domain has them
REGISTER(pmcr_el0)
WRITABLE(pmcntenclr_el0)
WRITABLE(pmintenclr_el1)
WRITABLE(pmovsclr_el0)
WRITABLE(pmuserenr_el0)
WRITABLE(pmccfiltr_el0)
WRITABLE(pmselr_el0)
WRITABLE(pmxevtyper_el0)
WRITABLE(mdccint_el1)
WRITABLE(dbgclaimclr_el1)
WRITABLE(oslar_el1)
ENCODED(zcr_el2, s3_4_c1_c2_0)
ENCODED(zcr_el1, s3_0_c1_c2_0)

// Breakpoint and watchpoint registers have their number in the instruction.
#define DEBUG_POINT(kind, n)                                                                                           \
  case n:                                                                                                              \
    __asm__ volatile("msr dbg" kind "cr" #n "_el1, xzr\n\tmsr dbg" kind "vr" #n "_el1, xzr");                          \
    return;
#define DEBUG_POINTS(kind)                                                                                             \
  switch (number) {                                                                                                    \
    DEBUG_POINT(kind, 0) DEBUG_POINT(kind, 1) DEBUG_POINT(kind, 2) DEBUG_POINT(kind, 3)                                \
    DEBUG_POINT(kind, 4) DEBUG_POINT(kind, 5) DEBUG_POINT(kind, 6) DEBUG_POINT(kind, 7)                                \
    DEBUG_POINT(kind, 8) DEBUG_POINT(kind, 9) DEBUG_POINT(kind, 10) DEBUG_POINT(kind, 11)                              \
    DEBUG_POINT(kind, 12) DEBUG_POINT(kind, 13) DEBUG_POINT(kind, 14) DEBUG_POINT(kind, 15)                            \
  default: return;                                                                                                     \
  }
/// Turns breakpoint `number` off and forgets its address.
INLINE void reset_breakpoint(uint32_t number) { DEBUG_POINTS("b") }
/// Turns watchpoint `number` off and forgets its address.
INLINE void reset_watchpoint(uint32_t number) { DEBUG_POINTS("w") }

// Keys of pointer authentication (D19.2.17 to D19.2.26) and VDISR_EL2 (D19.2.155), which is DISR_EL1 to a domain.
ENCODED(apiakeylo_el1, s3_0_c2_c1_0)
ENCODED(apiakeyhi_el1, s3_0_c2_c1_1)
ENCODED(apibkeylo_el1, s3_0_c2_c1_2)
ENCODED(apibkeyhi_el1, s3_0_c2_c1_3)
ENCODED(apdakeylo_el1, s3_0_c2_c2_0)
ENCODED(apdakeyhi_el1, s3_0_c2_c2_1)
ENCODED(apdbkeylo_el1, s3_0_c2_c2_2)
ENCODED(apdbkeyhi_el1, s3_0_c2_c2_3)
ENCODED(apgakeylo_el1, s3_0_c2_c3_0)
ENCODED(apgakeyhi_el1, s3_0_c2_c3_1)
ENCODED(vdisr_el2, s3_4_c12_c1_1)

// EL1, as the domain finds it and for exceptions given to it
REGISTER(sctlr_el1)
REGISTER(vbar_el1)
WRITABLE(esr_el1)
WRITABLE(afsr0_el1)
WRITABLE(afsr1_el1)
WRITABLE(far_el1)
WRITABLE(elr_el1)
WRITABLE(spsr_el1)
WRITABLE(actlr_el1)
WRITABLE(cpacr_el1)
WRITABLE(tcr_el1)
WRITABLE(ttbr0_el1)
WRITABLE(ttbr1_el1)
WRITABLE(mair_el1)
WRITABLE(amair_el1)
WRITABLE(contextidr_el1)
WRITABLE(cntkctl_el1)
WRITABLE(cntv_ctl_el0)
WRITABLE(cntp_ctl_el0)
WRITABLE(cntv_cval_el0)
WRITABLE(cntp_cval_el0)
WRITABLE(tpidr_el0)
WRITABLE(tpidrro_el0)
WRITABLE(tpidr_el1)
WRITABLE(csselr_el1)
WRITABLE(par_el1)
WRITABLE(mdscr_el1)
WRITABLE(sp_el0)
WRITABLE(sp_el1)

// GICv3 CPU interface (IHI 0069, chapter 12)
WRITABLE(icc_sre_el2)
WRITABLE(icc_sre_el1)
REGISTER(icc_ctlr_el1)
REGISTER(icc_pmr_el1)
READABLE(icc_rpr_el1)
WRITABLE(icc_bpr1_el1)
WRITABLE(icc_igrpen1_el1)
WRITABLE(icc_ap1r0_el1)
WRITABLE(icc_ap1r1_el1)
WRITABLE(icc_ap1r2_el1)
WRITABLE(icc_ap1r3_el1)
WRITABLE(icc_sgi1r_el1)
READABLE(icc_iar1_el1)
WRITABLE(icc_eoir1_el1)
WRITABLE(icc_dir_el1)
REGISTER(ich_hcr_el2)
REGISTER(ich_vmcr_el2)
READABLE(ich_vtr_el2)
READABLE(ich_elrsr_el2)
READABLE(ich_eisr_el2)
WRITABLE(ich_ap0r0_el2)
WRITABLE(ich_ap1r0_el2)
WRITABLE(ich_ap0r1_el2)
WRITABLE(ich_ap1r1_el2)
WRITABLE(ich_ap0r2_el2)
WRITABLE(ich_ap1r2_el2)
WRITABLE(ich_ap0r3_el2)
WRITABLE(ich_ap1r3_el2)

WRITABLE(ich_lr0_el2)
/// ICH_LR<index>_EL2, 0 to 15.
uint64_t read_list_register(uint32_t index);
/// Writes ICH_LR<index>_EL2, 0 to 15.
void write_list_register(uint32_t index, uint64_t value);

// Identification registers by CRm and op2: S3_0_C0_C<CRm>_<op2>. Encodings without a register read as zero
// (DDI 0487, D18.3.1 "Reserved").
#define IDENTIFICATION(crm, op2)                                                                                       \
  case (crm) * 8 + (op2): __asm__ volatile("mrs %0, s3_0_c0_c" #crm "_" #op2 : "=r"(value)); return value;
#define IDENTIFICATION_ROW(crm)                                                                                        \
  IDENTIFICATION(crm, 0) IDENTIFICATION(crm, 1) IDENTIFICATION(crm, 2) IDENTIFICATION(crm, 3)                          \
  IDENTIFICATION(crm, 4) IDENTIFICATION(crm, 5) IDENTIFICATION(crm, 6) IDENTIFICATION(crm, 7)
INLINE uint64_t read_identification(uint32_t crm_and_op2) {
  uint64_t value;
  switch (crm_and_op2) {
    IDENTIFICATION_ROW(1) IDENTIFICATION_ROW(2) IDENTIFICATION_ROW(3) IDENTIFICATION_ROW(4)
    IDENTIFICATION_ROW(5) IDENTIFICATION_ROW(6) IDENTIFICATION_ROW(7)
  default: return 0;
  }
}

INLINE void instruction_barrier(void) { __asm__ volatile("isb" ::: "memory"); }
INLINE void data_barrier(void) { __asm__ volatile("dsb sy" ::: "memory"); }
INLINE void data_barrier_stores(void) { __asm__ volatile("dsb ishst" ::: "memory"); }
INLINE void wait_for_interrupt(void) { __asm__ volatile("wfi" ::: "memory"); }
INLINE void wait_for_event(void) { __asm__ volatile("wfe" ::: "memory"); }
// A store before it has to be seen by whoever the event wakes, or that CPU would wait again for an event that was.
INLINE void send_event(void) { __asm__ volatile("dsb ishst\n\tsev" ::: "memory"); }
INLINE void spin_hint(void) { __asm__ volatile("yield" ::: "memory"); }

// Device memory, accesses that a hypervisor above this one could emulate: no writeback, one register.
INLINE uint32_t load_device32(uint64_t address) {
  uint32_t value;
  __asm__ volatile("ldr %w0, [%1]" : "=r"(value) : "r"(address) : "memory");
  return value;
}
INLINE uint64_t load_device64(uint64_t address) {
  uint64_t value;
  __asm__ volatile("ldr %0, [%1]" : "=r"(value) : "r"(address) : "memory");
  return value;
}
INLINE void store_device32(uint64_t address, uint32_t value) {
  __asm__ volatile("str %w0, [%1]" ::"r"(value), "r"(address) : "memory");
}
INLINE void store_device8(uint64_t address, uint8_t value) {
  __asm__ volatile("strb %w0, [%1]" ::"r"(value), "r"(address) : "memory");
}
INLINE void store_device64(uint64_t address, uint64_t value) {
  __asm__ volatile("str %0, [%1]" ::"r"(value), "r"(address) : "memory");
}

#endif
