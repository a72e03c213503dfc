// From the boot loader (or the firmware, for the other CPUs) to Swift: the MMU is off until here, nothing is in the
// caches, and there is no stack.
//
// Where the hypervisor has cache colours, EL2 sees its pages in one piece that lie apart. Its first page is where it sees
// it, so this code, which has to fit there (the linker script asserts it), runs on when the MMU comes on. Until then the
// partition table is read by its physical address, and only its head and the CPU records, which the compiler keeps in one
// run; addresses in them are for later.

#include "layout.h"

// SCTLR_EL2 (DDI 0487, D19.2): the RES1 bits 4, 5, 11, 16, 18, 22, 23, 28 and 29; M, C and I on; SA: an unaligned
// stack pointer is an error; WXN: what is writable is not executable, whatever the tables say.
#define SCTLR_EL2_VALUE (0x30C50830 | (1 << 0) | (1 << 2) | (1 << 3) | (1 << 12) | (1 << 19))

// HCR_EL2 before the first domain: EL1 is AArch64 (bit 31), E2H = 0, nothing else.
#define HCR_EL2_VALUE (1 << 31)

.macro load_constant register, value
  movz \register, #((\value) & 0xFFFF)
  movk \register, #(((\value) >> 16) & 0xFFFF), lsl #16
.endm

.section .text.head, "ax"

// The 64-byte header of an arm64 Linux Image (Linux, Documentation/arch/arm64/booting.rst). The compiler patches
// text_offset and image_size.
.global _start
_start:
  b boot
  .long 0
  .quad 0                        // text_offset
  .quad _image_end - _start      // image_size
  .quad 0xA                      // little-endian, 4 KiB pages, anywhere in memory
  .quad 0
  .quad 0
  .quad 0
  .ascii "ARM\x64"
  .long 0

// ImageFormat.RuntimeHeader
runtime_header:
  .ascii "BHRUNTIM"
  .long FORMAT_VERSION
  .long STACK_SIZE
  .long CPU_STATE_SIZE
  .long DOMAIN_STATE_SIZE
  .quad _text_end - _start
  .quad _readonly_start - _start
  .quad _readonly_size
  .quad _data_start - _start
  .quad _data_size
  .quad 0                        // partitionTable
  .quad 0                        // imageBase
  .quad 0                        // partitionTablePhysical

.section .text.boot, "ax"

// Where the boot loader enters, on one CPU. x0 to x3 carry its device tree and nothing that EL2 uses.
boot:
  msr daifset, #0xF
  mrs x1, CurrentEL
  cmp x1, #(2 << 2)
  b.ne wrong_exception_level
  adr x20, _start
  ldr x1, [x20, #HEADER_IMAGE_BASE]
  cmp x1, x20
  b.ne wrong_address
  ldr x22, [x20, #HEADER_PARTITION_TABLE_PHYSICAL]
  ldr w21, [x22, #TABLE_BOOT_CPU]
  ldr w0, [x22, #TABLE_CPU_START]
  cmp w0, #CPU_START_SPIN_TABLE
  b.ne start_cpu

// The other CPUs wait in memory of the firmware for an address to go to. They get it here, while the MMU is off, so that
// EL2 never maps that memory; Swift holds them until it is their turn. What caches have of the word is cleaned and
// invalidated before, or it could overwrite the address, and after, or it could hide it (DDI 0487, D7.5).
  ldr w1, [x22, #TABLE_CPUS_OFFSET]
  add x1, x22, x1
  ldr w2, [x22, #TABLE_CPU_COUNT]
  adr x3, spin_table_start
release:
  ldr x4, [x1, #CPU_RECORD_RELEASE_ADDRESS]
  cbz x4, 1f
  dc civac, x4
  dsb sy
  str x3, [x4]
  dsb sy
  dc civac, x4
1:
  add x1, x1, #CPU_RECORD_SIZE
  subs w2, w2, #1
  b.ne release
  dsb sy
  sev
  b start_cpu

// Where CPUs of a spin table enter; nothing tells them which they are but their affinity. One without a record stops.
spin_table_start:
  msr daifset, #0xF
  mrs x1, CurrentEL
  cmp x1, #(2 << 2)
  b.ne stop_here
  adr x20, _start
  ldr x22, [x20, #HEADER_PARTITION_TABLE_PHYSICAL]
  ldr w1, [x22, #TABLE_CPUS_OFFSET]
  add x1, x22, x1
  ldr w2, [x22, #TABLE_CPU_COUNT]
  mrs x3, mpidr_el1
  and x4, x3, #0xFFFFFF          // Aff2 to Aff0, and Aff3 above
  ubfx x3, x3, #32, #8
  orr x3, x4, x3, lsl #32
  mov w21, #0
2:
  ldr x4, [x1], #CPU_RECORD_SIZE // its first member is the affinity
  cmp x3, x4
  b.eq start_cpu
  add w21, w21, #1
  cmp w21, w2
  b.ne 2b
  b stop_here

// Where PSCI CPU_ON enters the other CPUs; x0 is the index of the CPU's record.
.global secondary_start
secondary_start:
  msr daifset, #0xF
  mrs x1, CurrentEL
  cmp x1, #(2 << 2)
  b.ne stop_here
  adr x20, _start
  mov w21, w0

// x20: the image; x21: index of this CPU's record. What the TLBs and the instruction cache held before this image is
// unknown, so it goes before the MMU is on (DDI 0487, D8.14).
start_cpu:
  ldr x22, [x20, #HEADER_PARTITION_TABLE_PHYSICAL]
  ldr w0, [x22, #TABLE_CPUS_OFFSET]
  add x23, x22, x0
  mov w0, #CPU_RECORD_SIZE
  umaddl x23, w21, w0, x23
  ldr x24, [x23, #CPU_RECORD_STATE]
  msr tpidr_el2, x24
  msr spsel, #1
  load_constant x0, HCR_EL2_VALUE
  msr hcr_el2, x0
  isb
  mrs x0, hcr_el2
  tbnz x0, #34, wrong_host_mode  // E2H
  adrp x0, vectors
  add x0, x0, :lo12:vectors
#ifndef GICV2
  ldr x1, [x22, #TABLE_MACHINE_FLAGS]
  tbz x1, #MACHINE_FLAG_SIGNAL_BIT, 1f
  adrp x0, signalling_vectors
  add x0, x0, :lo12:signalling_vectors
1:
#endif
  msr vbar_el2, x0
  ldr x0, [x22, #TABLE_MEMORY_ATTRIBUTES]
  msr mair_el2, x0
  ldr x0, [x22, #TABLE_TRANSLATION_CONTROL]
  msr tcr_el2, x0
  ldr x0, [x22, #TABLE_TRANSLATION_TABLE]
  msr ttbr0_el2, x0
  isb
  tlbi alle2
  tlbi alle1
  ic iallu
  dsb sy
  isb
  load_constant x0, SCTLR_EL2_VALUE
  msr sctlr_el2, x0
  isb
  mov sp, x24                    // the stack ends where the state begins
  mov x29, xzr
  ldr x0, [x20, #HEADER_PARTITION_TABLE]
  mov x1, x21
  bl hypervisor_start
  b stop_here

// The image was not loaded where it was built for, so no address in it is right: only what can be reached relative to
// the program counter is used, and the console's registers, which do not move.
wrong_address:
  adr x4, wrong_address_text
  b refuse
wrong_host_mode:
  adr x4, wrong_host_mode_text
  b refuse
wrong_exception_level:
  adr x20, _start
  adr x4, wrong_exception_level_text
refuse:
  ldr x22, [x20, #HEADER_PARTITION_TABLE_PHYSICAL]
  ldr x1, [x20, #HEADER_IMAGE_BASE]
  sub x22, x22, x1
  add x22, x22, x20
  ldr w1, [x22, #TABLE_CONSOLE_KIND]
  sub w1, w1, #1
  cmp w1, #3
  b.hi stop_here
  ldr x22, [x22, #TABLE_CONSOLE_BASE]
  adr x2, uart_registers
  add x2, x2, w1, uxtw #4
  ldp w8, w9, [x2]
  ldp w10, w11, [x2, #8]
next_byte:
  ldrb w5, [x4], #1
  cbz w5, stop_here
  mov w6, #0x10000               // a UART that never has room must not keep the CPU busy for ever
room:
  ldr w7, [x22, x8]
  and w7, w7, w9
  subs w6, w6, #1
  b.eq stop_here
  cmp w7, w10
  b.ne room
  str w5, [x22, x11]
  b next_byte

// HypervisorCore: UARTRegisters of each ConsoleKind from 1 on: status register, its bits, their value when there is room,
// register that sends.
.balign 4
uart_registers:
  .long 0x18, 0x20, 0x00, 0x00   // PL011
  .long 0x2C, 0x10, 0x00, 0x30   // Cadence
  .long 0xB4, 0x10, 0x00, 0x40   // i.MX
  .long 0x14, 0x20, 0x20, 0x00   // mini-UART

.global stop_here
stop_here:
  wfi
  b stop_here

wrong_address_text:
  .asciz "\r\n[bulkhead] refused to start: the boot loader did not put this image at the address it was built for\r\n"
wrong_host_mode_text:
  .asciz "\r\n[bulkhead] refused to start: HCR_EL2.E2H of this CPU cannot be 0\r\n"
wrong_exception_level_text:
  .asciz "\r\n[bulkhead] refused to start: this image must be entered at EL2\r\n"
  .balign 4

.section .bss.system_state, "aw", %nobits
.balign 64
.global system_state
system_state:
  .zero SYSTEM_STATE_SIZE
