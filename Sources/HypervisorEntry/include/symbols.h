// Symbols of the assembly beside this folder.
#ifndef BULKHEAD_SYMBOLS_H
#define BULKHEAD_SYMBOLS_H

#include <stdint.h>

extern uint8_t _start[];
extern uint8_t secondary_start[];
extern uint8_t system_state[];

/// Starts the domain on this CPU: zeroes every general-purpose, floating-point and SIMD register but x0, and leaves
/// EL2 for `entry` at EL1h with all interrupts masked.
void enter_domain(uint64_t entry, uint64_t x0) __attribute__((noreturn));

/// Makes HCR_EL2.VI say whether a list register of this CPU is pending, and the maintenance interrupt come when none is
/// any more. For machines with `MachineFlags.signalsVirtualInterrupts`.
void signal_virtual_interrupt(void);

/// Forgets this CPU's EL2 stack and continues in `hypervisor_park`.
void park(void) __attribute__((noreturn));

/// Does nothing more on this CPU, for ever.
void stop_here(void) __attribute__((noreturn));

/// Calls the firmware with SMC #0; its x0 comes back. NOT_SUPPORTED where the machine has no firmware.
uint64_t ask_firmware(uint64_t x0, uint64_t x1, uint64_t x2, uint64_t x3);

/// Passes x0 to x17 of a saved frame to the firmware with SMC #0 and puts its answer there. Where the machine has no
/// firmware, the instruction is undefined at EL2: x0 is then NOT_SUPPORTED.
void call_firmware(uint64_t frame);

void *memcpy(void *destination, const void *source, __SIZE_TYPE__ size);
void *memset(void *destination, int value, __SIZE_TYPE__ size);

INLINE void copy_bytes(uint64_t source, uint64_t destination, uint64_t size) {
  memcpy((void *)destination, (const void *)source, size);
}
INLINE void clear_bytes(uint64_t address, uint64_t size) { memset((void *)address, 0, size); }
INLINE uint64_t image_start(void) { return (uint64_t)_start; }
INLINE uint64_t secondary_entry(void) { return (uint64_t)secondary_start; }
INLINE uint64_t system_state_address(void) { return (uint64_t)system_state; }

#endif
