/* Registers of a CPU that survive nothing, and what a CPU of this guest leaves in them. */
#ifndef RESTART_SUPPORT_H
#define RESTART_SUPPORT_H

#include <stdint.h>

/// How many registers of this CPU that a domain can write hold anything but zero: the SIMD registers, those of EL1 and
/// EL0, and the timers. Not VBAR_EL1, SP_EL1 and SCTLR_EL1, on which the caller stands.
uint64_t restart_remaining_registers(void);

/// Writes a pattern to every one of them, and arms both timers.
void restart_fill_registers(void);

/// Where a second CPU starts, with the address of two words in x0: it puts the number of its remaining registers, with bit
/// 63 set, into the first, fills them, and counts in the second for ever.
void restart_second_cpu(void);

/// Fills memory with the pattern, 16 bytes at a time.
void restart_fill(uint64_t start, uint64_t end);

/// The first address of a word that is not zero; `end` if there is none.
uint64_t restart_first_nonzero(uint64_t start, uint64_t end);

/// Jumps to an address that is not the domain's.
void restart_jump(uint64_t address) __attribute__((noreturn));

extern uint8_t guest_start[];
extern uint8_t __image_end[];
static inline uint64_t restart_image_start(void) { return (uint64_t)guest_start; }
static inline uint64_t restart_image_end(void) { return (uint64_t)__image_end; }
static inline uint64_t restart_second_cpu_entry(void) { return (uint64_t)restart_second_cpu; }

static inline uint64_t restart_call(uint64_t function, uint64_t first, uint64_t second, uint64_t third) {
  register uint64_t x0 __asm__("x0") = function;
  register uint64_t x1 __asm__("x1") = first;
  register uint64_t x2 __asm__("x2") = second;
  register uint64_t x3 __asm__("x3") = third;
  __asm__ volatile("hvc #0"
                   : "+r"(x0), "+r"(x1), "+r"(x2), "+r"(x3)
                   :
                   : "x4", "x5", "x6", "x7", "x8", "x9", "x10", "x11", "x12", "x13", "x14", "x15", "x16", "x17",
                     "memory");
  return x0;
}

#endif
