// Vectors that note an exception and go on: the attacker provokes thousands and has to survive each of them.
//
// They use no stack and rely on no register but MPIDR_EL1, which nothing can change. TPIDR_EL0, TPIDRRO_EL0 and
// TPIDR_EL1 are scratch.

    .equ CPU_COUNT, 0
    .equ CPU_SYNDROME, 8
    .equ CPU_FAULT_ADDRESS, 16
    .equ CPU_ADDRESS, 24
    .equ CPU_RECOVERY, 32
    .equ CPU_STACK, 40
    .equ CPU_REGISTERS, 48
    .equ CPU_SYSTEM_ERRORS, 56
    .equ CPU_INTERRUPTS, 64

    // This CPU's hostile_cpu in \to; \scratch is lost.
    .macro this_cpu to, scratch
    mrs     \to, mpidr_el1
    and     \to, \to, #1
    adrp    \scratch, hostile_cpus
    add     \scratch, \scratch, :lo12:hostile_cpus
    add     \to, \scratch, \to, lsl #7
    .endm

    .macro vector kind
    .balign 0x80
    msr     tpidr_el0, x0
    mov     x0, #\kind
    b       caught
    .endm

    .section .text.hostile_vectors, "ax"
    .balign 0x800
    .global hostile_vectors
hostile_vectors:
    .rept 4                             // each group: synchronous, IRQ, FIQ, SError
    vector 0
    vector CPU_INTERRUPTS
    vector CPU_SYSTEM_ERRORS
    vector CPU_SYSTEM_ERRORS
    .endr

    .section .text.hostile_caught, "ax"
caught:
    msr     tpidrro_el0, x1
    msr     tpidr_el1, x2
    this_cpu x1, x2
    cbz     x0, synchronous

    ldr     x2, [x1, x0]                // an interrupt or a system error
    add     x2, x2, #1
    str     x2, [x1, x0]
    ldr     x2, [x1, #CPU_RECOVERY]     // it ends a run in the sandbox, which may be a loop for ever
    cbnz    x2, recover
    b       leave

synchronous:
    ldr     x2, [x1, #CPU_COUNT]
    add     x2, x2, #1
    str     x2, [x1, #CPU_COUNT]
    mrs     x2, esr_el1
    str     x2, [x1, #CPU_SYNDROME]
    mrs     x2, far_el1
    str     x2, [x1, #CPU_FAULT_ADDRESS]
    mrs     x0, elr_el1
    str     x0, [x1, #CPU_ADDRESS]
    ldr     x2, [x1, #CPU_RECOVERY]
    cbnz    x2, recover
    add     x0, x0, #4
    msr     elr_el1, x0

leave:
    mrs     x0, spsr_el1
    mov     x2, #0x0c00                 // BTYPE
    movk    x2, #0x0030, lsl #16        // SS, IL
    bic     x0, x0, x2
    orr     x0, x0, #0x3c0              // D, A, I, F masked
return:
    msr     spsr_el1, x0
    mrs     x2, tpidr_el1
    mrs     x1, tpidrro_el0
    mrs     x0, tpidr_el0
    eret

recover:
    msr     elr_el1, x2
    mov     x0, #0x3c5                  // EL1h, everything masked, whatever the sandbox ran in
    b       return

// void hostile_run(uint64_t address, uint64_t registers, uint64_t state)
    .section .text.hostile_run, "ax"
    .global hostile_run
hostile_run:
    stp     x29, x30, [sp, #-96]!
    stp     x19, x20, [sp, #16]
    stp     x21, x22, [sp, #32]
    stp     x23, x24, [sp, #48]
    stp     x25, x26, [sp, #64]
    stp     x27, x28, [sp, #80]
    this_cpu x9, x10
    mov     x10, sp
    str     x10, [x9, #CPU_STACK]
    str     x1, [x9, #CPU_REGISTERS]
    adrp    x10, hostile_run_back
    add     x10, x10, :lo12:hostile_run_back
    str     x10, [x9, #CPU_RECOVERY]
    msr     elr_el1, x0
    msr     spsr_el1, x2
    mov     sp, x1
    ldp     x2, x3, [sp, #16]
    ldp     x4, x5, [sp, #32]
    ldp     x6, x7, [sp, #48]
    ldp     x8, x9, [sp, #64]
    ldp     x10, x11, [sp, #80]
    ldp     x12, x13, [sp, #96]
    ldp     x14, x15, [sp, #112]
    ldp     x16, x17, [sp, #128]
    ldp     x18, x19, [sp, #144]
    ldp     x20, x21, [sp, #160]
    ldp     x22, x23, [sp, #176]
    ldp     x24, x25, [sp, #192]
    ldp     x26, x27, [sp, #208]
    ldp     x28, x29, [sp, #224]
    ldr     x30, [sp, #240]
    ldp     x0, x1, [sp]
    eret                                // changes no register, so that the instruction finds all of them as chosen

    .global hostile_run_back
hostile_run_back:
    msr     tpidr_el0, x0
    msr     tpidrro_el0, x1
    msr     spsel, #1
    msr     daifset, #0xf
    this_cpu x0, x1
    ldr     x1, [x0, #CPU_REGISTERS]
    stp     x2, x3, [x1, #16]
    stp     x4, x5, [x1, #32]
    stp     x6, x7, [x1, #48]
    stp     x8, x9, [x1, #64]
    stp     x10, x11, [x1, #80]
    stp     x12, x13, [x1, #96]
    stp     x14, x15, [x1, #112]
    stp     x16, x17, [x1, #128]
    stp     x18, x19, [x1, #144]
    stp     x20, x21, [x1, #160]
    stp     x22, x23, [x1, #176]
    stp     x24, x25, [x1, #192]
    stp     x26, x27, [x1, #208]
    stp     x28, x29, [x1, #224]
    str     x30, [x1, #240]
    mrs     x2, tpidr_el0
    mrs     x3, tpidrro_el0
    stp     x2, x3, [x1]
    str     xzr, [x0, #CPU_RECOVERY]
    ldr     x2, [x0, #CPU_STACK]
    mov     sp, x2
    ldp     x19, x20, [sp, #16]
    ldp     x21, x22, [sp, #32]
    ldp     x23, x24, [sp, #48]
    ldp     x25, x26, [sp, #64]
    ldp     x27, x28, [sp, #80]
    ldp     x29, x30, [sp], #96
    ret

// The other CPU starts here by PSCI CPU_ON, with the context id in x0.
    .section .text.hostile_second_entry, "ax"
    .global hostile_second_entry
hostile_second_entry:
    msr     daifset, #0xf
    adrp    x1, hostile_vectors
    add     x1, x1, :lo12:hostile_vectors
    msr     vbar_el1, x1
    adrp    x1, hostile_second_stack
    add     x1, x1, :lo12:hostile_second_stack
    add     sp, x1, #4, lsl #12
    isb
    mov     x29, xzr
    mov     x30, xzr
    bl      hostile_second_cpu
    b       guest_stop
