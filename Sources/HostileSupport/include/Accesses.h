/* One access each, at any address. A load that is refused leaves 0. */
#ifndef HOSTILE_ACCESSES_H
#define HOSTILE_ACCESSES_H

#include <stdint.h>

#define HOSTILE_ACCESS(bits, load, store, register)                                                                    \
  static inline uint64_t hostile_load##bits(uint64_t address) {                                                        \
    uint64_t value = 0;                                                                                                \
    __asm__ volatile(load " %" register "0, [%1]" : "+r"(value) : "r"(address) : "memory");                            \
    return value;                                                                                                      \
  }                                                                                                                    \
  static inline void hostile_store##bits(uint64_t address, uint64_t value) {                                           \
    __asm__ volatile(store " %" register "0, [%1]" : : "r"(value), "r"(address) : "memory");                           \
  }
HOSTILE_ACCESS(8, "ldrb", "strb", "w")
HOSTILE_ACCESS(16, "ldrh", "strh", "w")
HOSTILE_ACCESS(32, "ldr", "str", "w")
HOSTILE_ACCESS(64, "ldr", "str", "x")
#undef HOSTILE_ACCESS

/* Completes what was written, for the other CPU and for devices. */
static inline void hostile_barrier(void) { __asm__ volatile("dsb sy" : : : "memory"); }

#endif
