/* Calls to the hypervisor with every argument chosen (Arm DEN 0028, SMCCC). */
#ifndef HOSTILE_CALLS_H
#define HOSTILE_CALLS_H

#include <stdint.h>

#define HOSTILE_CALL(name, instruction)                                                                                \
  static inline uint64_t hostile_##name(uint64_t function, uint64_t first, uint64_t second, uint64_t third) {          \
    register uint64_t x0 __asm__("x0") = function;                                                                     \
    register uint64_t x1 __asm__("x1") = first;                                                                        \
    register uint64_t x2 __asm__("x2") = second;                                                                       \
    register uint64_t x3 __asm__("x3") = third;                                                                        \
    __asm__ volatile(instruction                                                                                       \
                     : "+r"(x0), "+r"(x1), "+r"(x2), "+r"(x3)                                                          \
                     :                                                                                                 \
                     : "x4", "x5", "x6", "x7", "x8", "x9", "x10", "x11", "x12", "x13", "x14", "x15", "x16", "x17",    \
                       "memory");                                                                                      \
    return x0;                                                                                                         \
  }
HOSTILE_CALL(hvc, "hvc #0")
HOSTILE_CALL(smc, "smc #0")
#undef HOSTILE_CALL

#endif
