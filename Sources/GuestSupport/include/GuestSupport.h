/* What Swift cannot say: system registers and device accesses of a bare-metal guest at EL1, each one instruction. */
#ifndef GUEST_SUPPORT_H
#define GUEST_SUPPORT_H

#include <stdint.h>

/* Plain loads and stores with a base register and nothing else: only these give a hypervisor a syndrome that it can
 * emulate (Arm DDI 0487, ESR_EL2, ISS encoding for a Data Abort, ISV). */

static inline uint32_t guest_load32(uint64_t address) {
  uint32_t value;
  __asm__ volatile("ldr %w0, [%1]" : "=r"(value) : "r"(address) : "memory");
  return value;
}

static inline void guest_store32(uint64_t address, uint32_t value) {
  __asm__ volatile("str %w0, [%1]" : : "r"(value), "r"(address) : "memory");
}

/* One access: both halves are seen together by a reader that loads them as one (Arm DDI 0487, B2.2.1). */
static inline void guest_store64(uint64_t address, uint64_t value) {
  __asm__ volatile("str %0, [%1]" : : "r"(value), "r"(address) : "memory");
}

static inline uint8_t guest_load8(uint64_t address) {
  uint32_t value;
  __asm__ volatile("ldrb %w0, [%1]" : "=r"(value) : "r"(address) : "memory");
  return (uint8_t)value;
}

/* Orders what was written to a shared page before what is written next (Arm DDI 0487, DMB). */
static inline void guest_memory_barrier(void) { __asm__ volatile("dmb ish" : : : "memory"); }

/* Completes device accesses before the next instruction. */
static inline void guest_synchronize(void) { __asm__ volatile("dsb sy\n\tisb" : : : "memory"); }

static inline uint64_t guest_counter(void) {
  uint64_t value;
  __asm__ volatile("isb\n\tmrs %0, cntvct_el0" : "=r"(value) : : "memory");
  return value;
}

static inline uint64_t guest_counter_frequency(void) {
  uint64_t value;
  __asm__ volatile("mrs %0, cntfrq_el0" : "=r"(value));
  return value;
}

/* MIDR_EL1: which processor this is. */
static inline uint64_t guest_processor(void) {
  uint64_t value;
  __asm__ volatile("mrs %0, midr_el1" : "=r"(value));
  return value;
}

static inline uint64_t guest_affinity(void) {
  uint64_t value;
  __asm__ volatile("mrs %0, mpidr_el1" : "=r"(value));
  return value;
}

/* The EL1 virtual timer: fires once CNTVCT_EL0 has reached the compare value. */
static inline void guest_set_timer(uint64_t compare) {
  __asm__ volatile("msr cntv_cval_el0, %0\n\tmsr cntv_ctl_el0, %1\n\tisb"
                   :
                   : "r"(compare), "r"((uint64_t)1)
                   : "memory");
}

static inline void guest_stop_timer(void) {
  __asm__ volatile("msr cntv_ctl_el0, %0\n\tisb" : : "r"((uint64_t)0) : "memory");
}

static inline void guest_enable_interrupts(void) { __asm__ volatile("msr daifclr, #2" : : : "memory"); }

static inline void guest_disable_interrupts(void) { __asm__ volatile("msr daifset, #2" : : : "memory"); }

/* Sleeps until something is pending. Call it with interrupts masked and unmask afterwards, so that none is missed. */
static inline void guest_wait(void) { __asm__ volatile("dsb sy\n\twfi" : : : "memory"); }

/* GICv3 CPU interface (Arm IHI 0069, chapter 12); by number, because assemblers differ in which names they know. */

/* System register access on, everything let through, Group 1 on: ICC_SRE_EL1, ICC_PMR_EL1, ICC_IGRPEN1_EL1. */
static inline void guest_enable_cpu_interface(void) {
  __asm__ volatile(
      "msr S3_0_C12_C12_5, %0\n\tisb\n\t"
      "msr S3_0_C4_C6_0, %1\n\t"
      "msr S3_0_C12_C12_7, %2\n\tisb"
      :
      : "r"((uint64_t)7), "r"((uint64_t)0xff), "r"((uint64_t)1)
      : "memory");
}

/* ICC_IAR1_EL1: the INTID of the interrupt that this takes. */
static inline uint32_t guest_acknowledge_interrupt(void) {
  uint64_t value;
  __asm__ volatile("mrs %0, S3_0_C12_C12_0\n\tdsb sy" : "=r"(value) : : "memory");
  return (uint32_t)value & 0xffffff;
}

/* ICC_EOIR1_EL1. */
static inline void guest_end_interrupt(uint32_t intid) {
  __asm__ volatile("msr S3_0_C12_C12_1, %0\n\tisb" : : "r"((uint64_t)intid) : "memory");
}

/* ICC_SGI1R_EL1. */
static inline void guest_send_sgi(uint64_t value) {
  __asm__ volatile("dsb ishst\n\tmsr S3_0_C12_C11_5, %0\n\tisb" : : "r"(value) : "memory");
}

/* A call to the hypervisor or the firmware (Arm DEN 0028, SMCCC): x0 to x3 in, x0 out, x1 to x17 lost. */
#define GUEST_CALL_LOST \
  "x4", "x5", "x6", "x7", "x8", "x9", "x10", "x11", "x12", "x13", "x14", "x15", "x16", "x17", "memory"

static inline uint64_t guest_hypervisor_call(uint64_t function) {
  register uint64_t x0 __asm__("x0") = function;
  register uint64_t x1 __asm__("x1") = 0;
  register uint64_t x2 __asm__("x2") = 0;
  register uint64_t x3 __asm__("x3") = 0;
  __asm__ volatile("hvc #0" : "+r"(x0), "+r"(x1), "+r"(x2), "+r"(x3) : : GUEST_CALL_LOST);
  return x0;
}

/* Never returns: waits with every interrupt masked. */
__attribute__((noreturn)) void guest_stop(void);

#endif
