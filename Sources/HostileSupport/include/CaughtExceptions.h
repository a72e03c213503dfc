/* What the vectors note of the exceptions that this guest provokes. */
#ifndef HOSTILE_CAUGHT_EXCEPTIONS_H
#define HOSTILE_CAUGHT_EXCEPTIONS_H

#include <stdint.h>

/* vectors.S relies on these offsets and on the size of 128 bytes. */
struct hostile_cpu {
  uint64_t count;         /* synchronous exceptions since somebody last looked */
  uint64_t syndrome;      /* ESR_EL1 of the last one */
  uint64_t fault_address; /* FAR_EL1 */
  uint64_t address;       /* ELR_EL1 */
  uint64_t recovery;      /* where to go on; 0: behind the instruction */
  uint64_t stack;         /* hostile_run: what SP was */
  uint64_t registers;     /* hostile_run: where the registers go */
  uint64_t system_errors; /* SErrors and FIQs */
  uint64_t interrupts;    /* IRQs; each leaves interrupts masked */
  uint64_t unused[7];
};

/* By Aff0 of MPIDR_EL1, 0 or 1. */
extern volatile struct hostile_cpu hostile_cpus[2];

static inline uint64_t hostile_cpu_number(void) {
  uint64_t affinity;
  __asm__ volatile("mrs %0, mpidr_el1" : "=r"(affinity));
  return affinity & 1;
}

/* Points VBAR_EL1 of this CPU at the vectors. */
static inline void hostile_install_vectors(void) {
  extern const uint8_t hostile_vectors[];
  __asm__ volatile("msr vbar_el1, %0\n\tisb" : : "r"(hostile_vectors) : "memory");
}

/* Forgets what was caught. */
static inline void hostile_clear(void) { hostile_cpus[hostile_cpu_number()].count = 0; }

static inline uint64_t hostile_caught_count(void) { return hostile_cpus[hostile_cpu_number()].count; }
static inline uint64_t hostile_caught_syndrome(void) { return hostile_cpus[hostile_cpu_number()].syndrome; }
static inline uint64_t hostile_caught_fault_address(void) { return hostile_cpus[hostile_cpu_number()].fault_address; }
static inline uint64_t hostile_caught_address(void) { return hostile_cpus[hostile_cpu_number()].address; }
static inline uint64_t hostile_interrupts(void) { return hostile_cpus[hostile_cpu_number()].interrupts; }
static inline uint64_t hostile_system_errors(void) {
  return hostile_cpus[0].system_errors + hostile_cpus[1].system_errors;
}

#endif
