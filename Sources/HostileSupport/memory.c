/* The attacker's memory of its own that instructions, tables and vectors live in. */

#include "HostileSupport.h"

volatile struct hostile_cpu hostile_cpus[2] __attribute__((aligned(128)));
uint8_t hostile_slots[2][4096] __attribute__((aligned(4096)));
uint64_t hostile_registers[2][32] __attribute__((aligned(16)));
uint64_t hostile_translation_table[512] __attribute__((aligned(4096)));
uint64_t hostile_second_level_table[512] __attribute__((aligned(4096)));
volatile uint64_t hostile_mailbox[16] __attribute__((aligned(64)));
uint8_t hostile_second_stack[16384] __attribute__((aligned(16)));

_Static_assert(sizeof(struct hostile_cpu) == 128, "vectors.S counts on 128 bytes");
