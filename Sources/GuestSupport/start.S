// The first instructions of a guest, in the form of an arm64 Image (Linux, Documentation/arm64/booting.rst):
// started at its first byte at EL1 with the MMU off and the device tree's address in x0.
//
// Everything is reached relative to the program counter, so that the image runs wherever its domain's memory starts.

    .section .head, "ax"
    .globl guest_start
guest_start:
    b       1f                          // code0
    .long   0                           // code1
    .quad   0                           // text_offset: at the start of the domain's memory
    .quad   __image_end - guest_start   // image_size, BSS and stack included
    .quad   0xa                         // flags: little-endian, 4 KiB pages, anywhere in memory
    .quad   0
    .quad   0
    .quad   0
    .ascii  "ARM\x64"
    .long   0
1:
    mrs     x20, cntvct_el0             // as early as can be: what the start of the domain is measured by
    mov     x19, x0

    msr     daifset, #0xf
    adrp    x1, guest_vectors
    add     x1, x1, :lo12:guest_vectors
    msr     vbar_el1, x1
    adrp    x1, __stack_top
    add     x1, x1, :lo12:__stack_top
    mov     sp, x1
    isb

    adrp    x1, __bss_start             // both ends are 16-byte aligned
    add     x1, x1, :lo12:__bss_start
    adrp    x2, __bss_end
    add     x2, x2, :lo12:__bss_end
2:  cmp     x1, x2
    b.hs    3f
    stp     xzr, xzr, [x1], #16
    b       2b

3:  mov     x0, x19
    mov     x1, x20
    mov     x29, xzr
    mov     x30, xzr
    bl      guest_main
    b       guest_stop

// Stops this CPU for good; nothing can wake it because nothing is enabled any more.
    .globl guest_stop
guest_stop:
    msr     daifset, #0xf
4:  wfi
    b       4b

// The vectors. A guest runs on one stack at EL1 with SP_EL1, takes IRQs there, and nothing else is expected.
    .macro unexpected
    .balign 0x80
    b       guest_fault_entry
    .endm

    .section .text.guest_vectors, "ax"
    .balign 0x800
guest_vectors:
    unexpected                          // current EL with SP_EL0: synchronous, IRQ, FIQ, SError
    unexpected
    unexpected
    unexpected

    unexpected                          // current EL with SP_ELx: synchronous
    .balign 0x80                        // IRQ
    msr     tpidr_el1, x0               // a register that nothing else here uses: frees x0 in one instruction
    mrs     x0, cntvct_el0              // the second instruction of the handler knows when it ran
    b       guest_interrupt_entry
    unexpected                          // FIQ
    unexpected                          // SError

    unexpected                          // a lower EL: there is none
    unexpected
    unexpected
    unexpected
    unexpected
    unexpected
    unexpected
    unexpected

// Keeps what a called function may change, and gives the handler the counter as it stood on entry.
    .section .text.guest_interrupt_entry, "ax"
guest_interrupt_entry:
    sub     sp, sp, #176
    stp     x1, x2, [sp, #16]
    mrs     x1, tpidr_el1
    str     x1, [sp]
    stp     x3, x4, [sp, #32]
    stp     x5, x6, [sp, #48]
    stp     x7, x8, [sp, #64]
    stp     x9, x10, [sp, #80]
    stp     x11, x12, [sp, #96]
    stp     x13, x14, [sp, #112]
    stp     x15, x16, [sp, #128]
    stp     x17, x18, [sp, #144]
    stp     x29, x30, [sp, #160]
    bl      guest_interrupt
    ldp     x29, x30, [sp, #160]
    ldp     x17, x18, [sp, #144]
    ldp     x15, x16, [sp, #128]
    ldp     x13, x14, [sp, #112]
    ldp     x11, x12, [sp, #96]
    ldp     x9, x10, [sp, #80]
    ldp     x7, x8, [sp, #64]
    ldp     x5, x6, [sp, #48]
    ldp     x3, x4, [sp, #32]
    ldp     x1, x2, [sp, #16]
    ldr     x0, [sp]
    add     sp, sp, #176
    eret

// A fault: says what the processor knows of it and stops. The stack may be what is wrong, so it starts anew.
    .section .text.guest_fault_entry, "ax"
guest_fault_entry:
    msr     daifset, #0xf
    adrp    x3, __stack_top
    add     x3, x3, :lo12:__stack_top
    mov     sp, x3
    mrs     x0, esr_el1
    mrs     x1, elr_el1
    mrs     x2, far_el1
    bl      guest_fault
    b       guest_stop
