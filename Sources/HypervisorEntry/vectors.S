// Exception vectors of EL2 (DDI 0487, D1.3.1.5) and the ways back into a domain.
//
// EL2 runs with every interrupt masked, so whatever arrives from EL2 itself is an error. SP_EL2 is at the top of the
// CPU's stack whenever a domain runs; that is where the CPU's state begins, to which TPIDR_EL2 points.

#include "layout.h"

// The build forbids SIMD registers; one place, before a domain starts, has to clear them.
.arch armv8-a+fp+simd+sve

.macro save_first
  stp x0, x1, [sp, #-FRAME_SIZE]!
  stp x2, x3, [sp, #16]
  stp x4, x5, [sp, #32]
  stp x6, x7, [sp, #48]
  stp x8, x9, [sp, #64]
  stp x10, x11, [sp, #80]
  stp x12, x13, [sp, #96]
  stp x14, x15, [sp, #112]
  stp x16, x17, [sp, #128]
.endm

.macro restore_first_and_return
  ldp x16, x17, [sp, #128]
  ldp x14, x15, [sp, #112]
  ldp x12, x13, [sp, #96]
  ldp x10, x11, [sp, #80]
  ldp x8, x9, [sp, #64]
  ldp x6, x7, [sp, #48]
  ldp x4, x5, [sp, #32]
  ldp x2, x3, [sp, #16]
  ldp x0, x1, [sp], #FRAME_SIZE
  eret
  dsb nsh                        // nothing runs past an ERET, not even speculatively
  isb
.endm

// What the procedure call standard lets a function change (AAPCS64, 6.1.1): enough around a call or an interrupt.
.macro save_rest_short
  stp x18, x30, [sp, #144]
.endm
.macro return_short leave
  .ifnb \leave
  bl \leave
  .endif
  ldp x18, x30, [sp, #144]
  restore_first_and_return
.endm

// x18 to x30 in order, over what save_rest_short left, and zero for the number that is the zero register's.
.macro save_rest_long
  str x19, [sp, #152]
  stp x20, x21, [sp, #160]
  stp x22, x23, [sp, #176]
  stp x24, x25, [sp, #192]
  stp x26, x27, [sp, #208]
  stp x28, x29, [sp, #224]
  stp x30, xzr, [sp, #240]
.endm
.macro return_long leave
  .ifnb \leave
  bl \leave
  .endif
  ldr x30, [sp, #240]
  ldp x28, x29, [sp, #224]
  ldp x26, x27, [sp, #208]
  ldp x24, x25, [sp, #192]
  ldp x22, x23, [sp, #176]
  ldp x20, x21, [sp, #160]
  ldp x18, x19, [sp, #144]
  restore_first_and_return
.endm

.macro unexpected kind
.balign 0x80
  mov x0, #\kind
  b fault_inside
.endm

// The vectors under a name. `leave`, if there is one, is called before every return to a domain.
.macro vector_table name, leave
.section .text.\name, "ax"
.balign 2048
.global \name
\name:
  unexpected 0                   // EL2 with SP_EL0: EL2 never selects it
  unexpected 1
  unexpected 2
  unexpected 3

.balign 0x80                     // EL2: synchronous
  b synchronous_inside
  unexpected 1                   // EL2: IRQ
  unexpected 2                   // EL2: FIQ
  unexpected 3                   // EL2: SError

.balign 0x80                     // lower EL: synchronous
  save_first
  mrs x1, esr_el2
  lsr w2, w1, #27                // EC without its last bit
  cmp w2, #(0x16 >> 1)           // HVC, or SMC with the last bit, from AArch64
  b.eq call\@
  cmp w2, #(0x24 >> 1)           // data abort; with the last bit one of EL2's own, which does not come here
  b.eq data_abort\@
  cmp w2, #(0x18 >> 1)           // MSR or MRS; with the last bit SVE
  b.ne other_trap\@
  tbz w1, #26, system_register\@
  b other_trap\@

.balign 0x80                     // lower EL: IRQ
  save_first
  save_rest_short
  bl hypervisor_interrupt
  return_short \leave

.balign 0x80                     // lower EL: FIQ
  mov x0, #2
  b interrupt_fault

.balign 0x80                     // lower EL: SError
  mov x0, #3
  b interrupt_fault

  unexpected 4                   // lower EL in AArch32: HCR_EL2.RW is 1, so there is none
  unexpected 4
  unexpected 4
  unexpected 4

.balign 64
call\@:
  save_rest_short
  mov x0, sp
  tbnz w1, #26, secure_call\@
  bl hypervisor_hvc
  return_short \leave
secure_call\@:
  bl hypervisor_smc
  return_short \leave

// The register that an access or an MSR names is in the frame: the first nineteen are, and the others are saved when it
// is one of those, which Swift keeps for its callers otherwise.
data_abort\@:
  save_rest_short
  ubfx w2, w1, #16, #5           // ISS.SRT
  mov x0, sp
  cmp w2, #18
  b.hi data_abort_long\@
  bl hypervisor_data_abort
  return_short \leave
data_abort_long\@:
  save_rest_long
  bl hypervisor_data_abort
  return_long \leave

system_register\@:
  save_rest_short
  ubfx w2, w1, #5, #5            // ISS.Rt
  mov x0, sp
  cmp w2, #18
  b.hi system_register_long\@
  bl hypervisor_system_register
  return_short \leave
system_register_long\@:
  save_rest_long
  bl hypervisor_system_register
  return_long \leave

other_trap\@:
  save_rest_short
  mov x0, x1
  bl hypervisor_trap
  return_short \leave
.endm

vector_table vectors
#ifndef GICV2
vector_table signalling_vectors, signal_virtual_interrupt

// void signal_virtual_interrupt(void)
// For a machine whose GIC does not tell the CPU of virtual interrupts: HCR_EL2.VI (bit 7) does while a list register is
// pending. When the domain has taken the last one, the maintenance interrupt of ICH_HCR_EL2.NPIE (bit 3) comes, and on the
// way out of that VI goes. ICH_MISR_EL2.NP (bit 3) says it only while NPIE is set (IHI 0069, 12.4.2, 12.4.8).
.global signal_virtual_interrupt
signal_virtual_interrupt:
  mrs x0, tpidr_el2
  ldr x0, [x0, #CPU_INTERFACE_CONTROL]
  orr x1, x0, #(1 << 3)
  msr ich_hcr_el2, x1
  isb
  mrs x2, ich_misr_el2
  mrs x3, hcr_el2
  orr x3, x3, #(1 << 7)
  tbz x2, #3, 1f
  and x3, x3, #~(1 << 7)
  msr ich_hcr_el2, x0
1:
  msr hcr_el2, x3
  ret
#endif

.section .text.transfer, "ax"

// An FIQ or a system error while a domain ran: charged to that domain, which does not continue.
interrupt_fault:
  mrs x1, tpidr_el2
  mov sp, x1
  bl hypervisor_asynchronous_fault
  b stop_here

// An exception inside EL2. One is expected: the machine has no firmware, so its SMC is undefined (EC 0).
synchronous_inside:
  mrs x16, elr_el2
  adr x17, ask_firmware
  cmp x16, x17
  mov x0, #0
  b.ne fault_inside
  mrs x16, esr_el2
  lsr w16, w16, #26
  cbnz w16, fault_inside
  adr x17, firmware_missing
  msr elr_el2, x17
  eret
  dsb nsh
  isb

// Nothing of what EL2 was doing is trusted, SP least of all: the stack is begun anew, at the CPU's state. x0: 0 synchronous, 1 IRQ, 2 FIQ, 3 SError,
// 4 a vector that cannot be reached.
fault_inside:
  mrs x1, tpidr_el2
  mov sp, x1
  mrs x1, esr_el2
  mrs x2, elr_el2
  mrs x3, far_el2
  bl hypervisor_fault
  b stop_here

// void enter_domain(uint64_t entry, uint64_t x0)
.global enter_domain
enter_domain:
  msr elr_el2, x0
  mov x0, #0x3C5                 // EL1h, D A I F masked (DDI 0487, C5.2.19)
  msr spsr_el2, x0
  mrs x2, tpidr_el2
  mov x0, x1
  mov sp, x2
  // The registers that EL1 and stage 2 were just given count from here on; what walks with their old values may have
  // left in this CPU's TLB, and what an earlier run left in its instruction cache, goes (DDI 0487, D8.14). SIMD
  // registers may trap until CPTR_EL2 counts.
  isb
  tlbi vmalls12e1
  ic iallu
  dsb nsh
  isb
  .irp n, 0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15
  movi v\n\().2d, #0
  .endr
  .irp n, 16, 17, 18, 19, 20, 21, 22, 23, 24, 25, 26, 27, 28, 29, 30, 31
  movi v\n\().2d, #0
  .endr
  msr fpcr, xzr
  msr fpsr, xzr
  mrs x3, cptr_el2
  tbnz x3, #8, 1f                // CPTR_EL2.TZ: the domain has no SVE, nor perhaps the CPU
  .irp n, 0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15
  mov z\n\().d, #0
  .endr
  .irp n, 16, 17, 18, 19, 20, 21, 22, 23, 24, 25, 26, 27, 28, 29, 30, 31
  mov z\n\().d, #0
  .endr
  .irp n, 0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15
  pfalse p\n\().b
  .endr
  wrffr p0.b
1:
  .irp n, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15
  mov x\n, xzr
  .endr
  .irp n, 16, 17, 18, 19, 20, 21, 22, 23, 24, 25, 26, 27, 28, 29, 30
  mov x\n, xzr
  .endr
  eret
  dsb nsh
  isb

// void park(void)
.global park
park:
  mrs x2, tpidr_el2
  mov sp, x2
  mov x29, xzr
  bl hypervisor_park
  b stop_here

// void call_firmware(uint64_t frame). SMCCC 1.2 lets a call use x0 to x17 and keep the rest (DEN0028, 2.6). The vector
// of EL2 that a missing firmware leads to overwrites ELR_EL2 and SPSR_EL2, which still say where the domain goes on.
.global call_firmware
call_firmware:
  stp x29, x30, [sp, #-48]!
  str x19, [sp, #16]
  mov x19, x0
  mrs x0, elr_el2
  mrs x1, spsr_el2
  stp x0, x1, [sp, #32]
  ldp x0, x1, [x19]
  ldp x2, x3, [x19, #16]
  ldp x4, x5, [x19, #32]
  ldp x6, x7, [x19, #48]
  ldp x8, x9, [x19, #64]
  ldp x10, x11, [x19, #80]
  ldp x12, x13, [x19, #96]
  ldp x14, x15, [x19, #112]
  ldp x16, x17, [x19, #128]
  bl ask_firmware
  str x0, [x19]
  cmn x0, #1                     // NOT_SUPPORTED changes nothing else
  b.eq 1f
  str x1, [x19, #8]
  stp x2, x3, [x19, #16]
  stp x4, x5, [x19, #32]
  stp x6, x7, [x19, #48]
  stp x8, x9, [x19, #64]
  stp x10, x11, [x19, #80]
  stp x12, x13, [x19, #96]
  stp x14, x15, [x19, #112]
  stp x16, x17, [x19, #128]
1:
  ldp x0, x1, [sp, #32]
  msr elr_el2, x0
  msr spsr_el2, x1
  ldr x19, [sp, #16]
  ldp x29, x30, [sp], #48
  ret

// uint64_t ask_firmware(uint64_t x0, uint64_t x1, uint64_t x2, uint64_t x3), the one SMC of EL2.
.global ask_firmware
ask_firmware:
  smc #0
  ret

// Where ask_firmware returns on a machine without firmware. The vector changed x16 and x17, as the firmware might have.
firmware_missing:
  mov x0, #-1                    // NOT_SUPPORTED
  ret
