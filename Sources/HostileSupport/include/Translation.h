/* The guest's own stage-1 translation, for attacks that go through it (Arm DDI 0487, D8). */
#ifndef HOSTILE_TRANSLATION_H
#define HOSTILE_TRANSLATION_H

#include <stdint.h>

/* A level 1 table of 512 entries of 1 GiB, and a level 2 table of 512 entries of 2 MiB. */
extern uint64_t hostile_translation_table[512], hostile_second_level_table[512];

static inline uint64_t hostile_translation_table_address(void) { return (uint64_t)hostile_translation_table; }

static inline uint64_t hostile_second_level_table_address(void) { return (uint64_t)hostile_second_level_table; }

/* Both halves 39 bits (T0SZ = T1SZ = 25), 4 KiB granule, 48-bit output, walks Normal Non-cacheable; attribute 0 is
 * Normal Non-cacheable, 1 Device-nGnRnE. Non-cacheable throughout, so that no cache has to be kept in step with what
 * ran before with the MMU off. */
static inline void hostile_translation_on(uint64_t lower, uint64_t upper) {
  uint64_t control = 25 | 25ul << 16 | 2ul << 30 | 5ul << 32;
  uint64_t system;
  __asm__ volatile(
      "msr mair_el1, %1\n\tmsr tcr_el1, %2\n\tmsr ttbr0_el1, %3\n\tmsr ttbr1_el1, %4\n\t"
      "dsb sy\n\ttlbi vmalle1\n\tdsb sy\n\tisb\n\t"
      "mrs %0, sctlr_el1\n\torr %0, %0, #1\n\tbic %0, %0, #2\n\tmsr sctlr_el1, %0\n\tisb"
      : "=&r"(system)
      : "r"((uint64_t)0x0044), "r"(control), "r"(lower), "r"(upper)
      : "memory");
}

static inline void hostile_translation_off(void) {
  uint64_t system;
  __asm__ volatile("mrs %0, sctlr_el1\n\tbic %0, %0, #1\n\tmsr sctlr_el1, %0\n\tisb\n\ttlbi vmalle1\n\tdsb sy\n\tisb"
                   : "=&r"(system)
                   :
                   : "memory");
}

/* Aims the walks of the upper half at an address. */
static inline void hostile_set_upper_table(uint64_t address) {
  __asm__ volatile("msr ttbr1_el1, %0\n\tdsb sy\n\ttlbi vmalle1\n\tdsb sy\n\tisb" : : "r"(address) : "memory");
}

/* The broadcast invalidations that EL1 may do: VMALLE1IS, ASIDE1IS, VAAE1IS, IALLUIS. */
static inline void hostile_invalidate_broadcast(uint64_t argument) {
  __asm__ volatile(
      "tlbi vmalle1is\n\ttlbi aside1is, %0\n\ttlbi vaae1is, %0\n\ttlbi vae1is, %0\n\tic ialluis\n\tdsb sy\n\tisb"
      :
      : "r"(argument)
      : "memory");
}

#endif
