/* One operation between two readings of the counter, and nothing else between them.
 *
 * Where one tick of the counter is one instruction (an emulator that counts instructions), the difference is what the
 * operation cost, the second reading included: `guest_measure_nothing` is what has to be taken off. */
#ifndef GUEST_MEASURE_H
#define GUEST_MEASURE_H

#include "GuestSupport.h"

static inline uint64_t guest_measure_nothing(void) {
  uint64_t before, after;
  __asm__ volatile("mrs %0, cntvct_el0\n\tmrs %1, cntvct_el0" : "=&r"(before), "=&r"(after) : : "memory");
  return after - before;
}

static inline uint64_t guest_measure_hypervisor_call(uint64_t function) {
  register uint64_t x0 __asm__("x0") = function;
  uint64_t before, after;
  __asm__ volatile("mrs %0, cntvct_el0\n\thvc #0\n\tmrs %1, cntvct_el0"
                   : "=&r"(before), "=&r"(after), "+r"(x0)
                   :
                   : "x1", "x2", "x3", GUEST_CALL_LOST);
  return after - before;
}

static inline uint64_t guest_measure_firmware_call(uint64_t function) {
  register uint64_t x0 __asm__("x0") = function;
  uint64_t before, after;
  __asm__ volatile("mrs %0, cntvct_el0\n\tsmc #0\n\tmrs %1, cntvct_el0"
                   : "=&r"(before), "=&r"(after), "+r"(x0)
                   :
                   : "x1", "x2", "x3", GUEST_CALL_LOST);
  return after - before;
}

static inline uint64_t guest_measure_load32(uint64_t address) {
  uint64_t before, after;
  uint32_t value;
  __asm__ volatile("mrs %0, cntvct_el0\n\tldr %w2, [%3]\n\tmrs %1, cntvct_el0"
                   : "=&r"(before), "=&r"(after), "=&r"(value)
                   : "r"(address)
                   : "memory");
  return after - before;
}

static inline uint64_t guest_measure_store32(uint64_t address, uint32_t value) {
  uint64_t before, after;
  __asm__ volatile("mrs %0, cntvct_el0\n\tstr %w2, [%3]\n\tmrs %1, cntvct_el0"
                   : "=&r"(before), "=&r"(after)
                   : "r"(value), "r"(address)
                   : "memory");
  return after - before;
}

/* ICC_SGI1R_EL1. */
static inline uint64_t guest_measure_sgi(uint64_t value) {
  uint64_t before, after;
  __asm__ volatile("mrs %0, cntvct_el0\n\tmsr S3_0_C12_C11_5, %2\n\tmrs %1, cntvct_el0"
                   : "=&r"(before), "=&r"(after)
                   : "r"(value)
                   : "memory");
  return after - before;
}

/* Sends an SGI and gives the counter as it stood right before; interrupts must be on. */
static inline uint64_t guest_send_timed_sgi(uint64_t value) {
  uint64_t before;
  __asm__ volatile("mrs %0, cntvct_el0\n\tmsr S3_0_C12_C11_5, %1\n\tisb" : "=&r"(before) : "r"(value) : "memory");
  return before;
}

/* The same by GICD_SGIR. */
static inline uint64_t guest_send_timed_sgir(uint64_t address, uint32_t value) {
  uint64_t before;
  __asm__ volatile("mrs %0, cntvct_el0\n\tstr %w1, [%2]\n\tisb"
                   : "=&r"(before)
                   : "r"(value), "r"(address)
                   : "memory");
  return before;
}

#endif
