/* GICv3 CPU interface registers (Arm IHI 0069, chapter 12), timers and hints; one instruction each. */
#ifndef HOSTILE_INTERFACE_H
#define HOSTILE_INTERFACE_H

#include <stdint.h>

#define HOSTILE_WRITE(name, register)                                                                                  \
  static inline void hostile_write_##name(uint64_t value) {                                                            \
    __asm__ volatile("msr " register ", %0\n\tisb" : : "r"(value) : "memory");                                         \
  }
#define HOSTILE_READ(name, register)                                                                                   \
  static inline uint64_t hostile_read_##name(void) {                                                                   \
    uint64_t value = 0;                                                                                                \
    __asm__ volatile("mrs %0, " register : "+r"(value) : : "memory");                                                  \
    return value;                                                                                                      \
  }

HOSTILE_WRITE(sgi1r, "S3_0_C12_C11_5")
HOSTILE_WRITE(asgi1r, "S3_0_C12_C11_6")
HOSTILE_WRITE(sgi0r, "S3_0_C12_C11_7")
HOSTILE_WRITE(eoir0, "S3_0_C12_C8_1")
HOSTILE_WRITE(eoir1, "S3_0_C12_C12_1")
HOSTILE_WRITE(dir, "S3_0_C12_C11_1")
HOSTILE_WRITE(pmr, "S3_0_C4_C6_0")
HOSTILE_WRITE(bpr0, "S3_0_C12_C8_3")
HOSTILE_WRITE(bpr1, "S3_0_C12_C12_3")
HOSTILE_WRITE(ctlr, "S3_0_C12_C12_4")
HOSTILE_WRITE(sre, "S3_0_C12_C12_5")
HOSTILE_READ(sre, "S3_0_C12_C12_5")
HOSTILE_WRITE(igrpen0, "S3_0_C12_C12_6")
HOSTILE_WRITE(igrpen1, "S3_0_C12_C12_7")
HOSTILE_WRITE(ap0r0, "S3_0_C12_C8_4")
HOSTILE_WRITE(ap1r0, "S3_0_C12_C9_0")
HOSTILE_READ(iar1, "S3_0_C12_C12_0")
HOSTILE_READ(hppir1, "S3_0_C12_C12_2")

HOSTILE_WRITE(cntv_cval, "cntv_cval_el0")
HOSTILE_WRITE(cntv_ctl, "cntv_ctl_el0")
HOSTILE_WRITE(cntp_cval, "cntp_cval_el0")
HOSTILE_WRITE(cntp_ctl, "cntp_ctl_el0")

HOSTILE_READ(mmfr0, "id_aa64mmfr0_el1")
HOSTILE_READ(pfr0, "id_aa64pfr0_el1")
HOSTILE_READ(pfr1, "id_aa64pfr1_el1")
HOSTILE_READ(dfr0, "id_aa64dfr0_el1")
#undef HOSTILE_WRITE
#undef HOSTILE_READ

static inline void hostile_wait_for_interrupt(void) { __asm__ volatile("wfi" : : : "memory"); }
static inline void hostile_wait_for_event(void) { __asm__ volatile("sevl\n\twfe\n\twfe" : : : "memory"); }
static inline void hostile_yield(void) { __asm__ volatile("yield" : : : "memory"); }
static inline void hostile_send_event(void) { __asm__ volatile("sev" : : : "memory"); }

#endif
