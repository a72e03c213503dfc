/* Any instruction, run alone with chosen values in x0 to x30. */
#ifndef HOSTILE_SANDBOX_H
#define HOSTILE_SANDBOX_H

#include <stdint.h>

/* Runs the instruction at `address` with the registers of `registers` (x0 to x30) and PSTATE of `state` (as SPSR_EL1
 * has it), and stores the registers there again. At EL1 the instruction is followed by a branch to hostile_run_back; an
 * exception or an interrupt leads there as well, from wherever it came. */
void hostile_run(uint64_t address, uint64_t registers, uint64_t state);
extern const uint8_t hostile_run_back[];

static inline uint64_t hostile_run_back_address(void) { return (uint64_t)hostile_run_back; }

/* Pages that instructions are written into, one for each CPU, and the registers that they run with. */
extern uint8_t hostile_slots[2][4096];
extern uint64_t hostile_registers[2][32];

static inline uint64_t hostile_slot_page(uint64_t cpu) { return (uint64_t)hostile_slots[cpu & 1]; }
static inline uint64_t hostile_register_file(uint64_t cpu) { return (uint64_t)hostile_registers[cpu & 1]; }

/* Makes one cache line of written instructions visible to instruction fetch (Arm DDI 0487, B2.4.4). */
static inline void hostile_publish_code(uint64_t address) {
  __asm__ volatile("dc cvau, %0\n\tdsb ish\n\tic ivau, %0\n\tdsb ish\n\tisb" : : "r"(address) : "memory");
}

/* Tables of instructions, assembled: forms.S. Each ends with a zero word. Their base register is x0. */
extern const uint32_t hostile_loads[], hostile_stores[], hostile_harmless[], hostile_optional[],
    hostile_aarch32[];

static inline uint32_t hostile_load_form(uint64_t index) { return hostile_loads[index]; }
static inline uint32_t hostile_store_form(uint64_t index) { return hostile_stores[index]; }
static inline uint32_t hostile_harmless_form(uint64_t index) { return hostile_harmless[index]; }
static inline uint32_t hostile_optional_form(uint64_t index) { return hostile_optional[index]; }
static inline uint32_t hostile_aarch32_form(uint64_t index) { return hostile_aarch32[index]; }

/* The same with three words an entry: instruction, bytes touched, and where the first of them is, seen from x0. */
extern const uint32_t hostile_edge_loads[], hostile_edge_stores[];

static inline uint32_t hostile_edge_load_word(uint64_t index) { return hostile_edge_loads[index]; }
static inline uint32_t hostile_edge_store_word(uint64_t index) { return hostile_edge_stores[index]; }

/* Where the image ends, its stack included (linker/guest.ld). */
extern const uint8_t __image_end[];
static inline uint64_t hostile_image_end(void) { return (uint64_t)__image_end; }

/* The other CPU's first instruction, for PSCI CPU_ON. */
extern const uint8_t hostile_second_entry[];
static inline uint64_t hostile_second_entry_address(void) { return (uint64_t)hostile_second_entry; }

/* Words through which the two CPUs talk; Mailbox.swift says which is which. */
extern volatile uint64_t hostile_mailbox[16];
static inline uint64_t hostile_mailbox_read(uint64_t word) { return hostile_mailbox[word & 15]; }
static inline void hostile_mailbox_write(uint64_t word, uint64_t value) { hostile_mailbox[word & 15] = value; }

/* CPACR_EL1.FPEN, ZEN and SMEN: SIMD, SVE and SME are not this level's to refuse. */
static inline void hostile_allow_everything(void) {
  uint64_t control = 3ul << 24 | 3ul << 20 | 3ul << 16;
  __asm__ volatile("msr cpacr_el1, %0\n\tisb" : : "r"(control) : "memory");
}

#endif
