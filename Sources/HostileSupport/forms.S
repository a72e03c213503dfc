// Every way to touch an address that an instruction has, with the base in x0. Assembled here and run one by one in the
// sandbox; as data, so that none of them has to exist on this CPU.
//
// x1 to x7 hold what a store writes, x3 is 0 where it is an offset.

    .arch armv8.5-a+lse+fp+simd+memtag+sve+rcpc

    .section .rodata.hostile_forms, "a"
    .balign 4

    .global hostile_loads
hostile_loads:
    ldrb    w1, [x0]
    ldrh    w1, [x0]
    ldr     w1, [x0]
    ldr     x1, [x0]
    ldrsb   x1, [x0]
    ldrsh   w1, [x0]
    ldrsw   x1, [x0]
    ldr     x1, [x0, #8]
    ldr     x1, [x0, #8]!
    ldr     x1, [x0], #8
    ldr     x1, [x0, x3]
    ldr     x0, [x0]
    ldr     xzr, [x0]
    ldur    x1, [x0, #-8]
    ldtr    x1, [x0]
    ldnp    x1, x2, [x0]
    ldp     x1, x2, [x0]
    ldp     x1, x2, [x0, #16]!
    ldp     w1, w2, [x0], #8
    ldpsw   x1, x2, [x0]
    ldar    x1, [x0]
    ldarb   w1, [x0]
    ldapr   x1, [x0]
    ldlar   x1, [x0]
    ldxr    x1, [x0]
    ldaxr   w1, [x0]
    ldxrb   w1, [x0]
    ldxp    x1, x2, [x0]
    ldr     b0, [x0]
    ldr     s0, [x0]
    ldr     d0, [x0]
    ldr     q0, [x0]
    ldp     q0, q1, [x0]
    ldnp    q0, q1, [x0]
    ld1     {v0.16b}, [x0]
    ld1     {v0.16b, v1.16b, v2.16b, v3.16b}, [x0]
    ld4     {v0.16b, v1.16b, v2.16b, v3.16b}, [x0]
    ld1     {v0.b}[7], [x0], #1
    ld1r    {v0.8h}, [x0]
    ldr     x1, [x0, #1]!               // unaligned from here on
    ldur    x1, [x0, #1]
    ldurh   w1, [x0, #3]
    ldur    x1, [x0, #-1]
    ldur    q0, [x0, #5]
    .word   0

    .global hostile_stores
hostile_stores:
    strb    w1, [x0]
    strh    w1, [x0]
    str     w1, [x0]
    str     x1, [x0]
    str     xzr, [x0]
    str     x1, [x0, #8]!
    str     x1, [x0], #8
    str     x1, [x0, x3]
    stur    x1, [x0, #-8]
    sttr    x1, [x0]
    stnp    x1, x2, [x0]
    stp     x1, x2, [x0]
    stp     x1, x2, [x0, #16]!
    stp     w1, w2, [x0], #8
    stlr    x1, [x0]
    stlrb   w1, [x0]
    stllr   x1, [x0]
    str     b0, [x0]
    str     d0, [x0]
    str     q0, [x0]
    stp     q0, q1, [x0]
    st1     {v0.16b, v1.16b, v2.16b, v3.16b}, [x0]
    st4     {v0.16b, v1.16b, v2.16b, v3.16b}, [x0]
    st1     {v0.b}[7], [x0], #1
    ldadd   x1, x2, [x0]
    ldaddal w1, w2, [x0]
    stadd   x1, [x0]
    ldclr   x1, x2, [x0]
    ldset   x1, x2, [x0]
    ldeor   x1, x2, [x0]
    ldsmax  x1, x2, [x0]
    ldumin  x1, x2, [x0]
    swp     x1, x2, [x0]
    swpb    w1, w2, [x0]
    cas     x1, x2, [x0]
    casal   w1, w2, [x0]
    casp    x4, x5, x6, x7, [x0]
    dc      zva, x0
    stur    x1, [x0, #1]                // unaligned from here on
    sturh   w1, [x0, #3]
    stur    x1, [x0, #-1]
    .word   0

// Accesses for boundaries: each instruction with how many bytes it touches and where the first of them is, seen from x0.
    .macro edge size, offset, instruction:vararg
    \instruction
    .word   \size
    .word   \offset
    .endm

    .global hostile_edge_loads
hostile_edge_loads:
    edge 2, 0, ldrh w1, [x0]
    edge 4, 0, ldr w1, [x0]
    edge 8, 0, ldr x1, [x0]
    edge 8, 0, ldr x1, [x0], #8
    edge 8, 8, ldr x1, [x0, #8]!
    edge 8, -8, ldur x1, [x0, #-8]
    edge 4, 0, ldrsw x1, [x0]
    edge 8, 0, ldtr x1, [x0]
    edge 16, 0, ldp x1, x2, [x0]
    edge 16, 16, ldp x1, x2, [x0, #16]!
    edge 8, 0, ldp w1, w2, [x0], #8
    edge 8, 0, ldpsw x1, x2, [x0]
    edge 16, 0, ldnp x1, x2, [x0]
    edge 8, 0, ldar x1, [x0]
    edge 8, 0, ldapr x1, [x0]
    edge 8, 0, ldxr x1, [x0]
    edge 4, 0, ldaxr w1, [x0]
    edge 16, 0, ldxp x1, x2, [x0]
    edge 16, 0, ldaxp x1, x2, [x0]
    edge 8, 0, ldr d0, [x0]
    edge 16, 0, ldr q0, [x0]
    edge 32, 0, ldp q0, q1, [x0]
    edge 32, 0, ldnp q0, q1, [x0]
    edge 16, 0, ld1 {v0.16b}, [x0]
    edge 64, 0, ld1 {v0.16b, v1.16b, v2.16b, v3.16b}, [x0]
    edge 64, 0, ld4 {v0.16b, v1.16b, v2.16b, v3.16b}, [x0]
    edge 2, 0, ld1r {v0.8h}, [x0]
    .word   0

    .global hostile_edge_stores
hostile_edge_stores:
    edge 2, 0, strh w1, [x0]
    edge 4, 0, str w1, [x0]
    edge 8, 0, str x1, [x0]
    edge 8, 0, str x1, [x0], #8
    edge 8, 8, str x1, [x0, #8]!
    edge 8, -8, stur x1, [x0, #-8]
    edge 8, 0, sttr x1, [x0]
    edge 16, 0, stp x1, x2, [x0]
    edge 16, 16, stp x1, x2, [x0, #16]!
    edge 8, 0, stp w1, w2, [x0], #8
    edge 16, 0, stnp x1, x2, [x0]
    edge 8, 0, stlr x1, [x0]
    edge 8, 0, str d0, [x0]
    edge 16, 0, str q0, [x0]
    edge 32, 0, stp q0, q1, [x0]
    edge 64, 0, st1 {v0.16b, v1.16b, v2.16b, v3.16b}, [x0]
    edge 64, 0, st4 {v0.16b, v1.16b, v2.16b, v3.16b}, [x0]
    edge 8, 0, ldadd x1, x2, [x0]
    edge 4, 0, ldaddal w1, w2, [x0]
    edge 8, 0, swp x1, x2, [x0]
    edge 8, 0, cas x1, x2, [x0]
    edge 16, 0, casp x4, x5, x6, x7, [x0]
    .word   0

// What may be carried out without a word, because it moves no data of anybody's to the one who asks: hints, and cache
// maintenance by address, which is by address of the domain. Also a store-exclusive whose monitor is not armed.
    .global hostile_harmless
hostile_harmless:
    prfm    pldl1keep, [x0]
    prfm    pstl1keep, [x0]
    prfm    plil1keep, [x0]
    prfum   pldl3strm, [x0, #-8]
    stxr    w2, x1, [x0]
    stxp    w2, x4, x5, [x0]
    dc      ivac, x0
    dc      cvac, x0
    dc      cvau, x0
    dc      civac, x0
    dc      cvap, x0
    ic      ivau, x0
    .word   0

// Parts of the architecture that the domain was not given; the CPU may not have them either. Undefined, all of them.
    .global hostile_optional
hostile_optional:
    ptrue   p0.b                        // SVE
    ld1b    {z0.b}, p0/z, [x0]
    cntb    x1
    rdvl    x1, #1
    addvl   x1, x1, #1
    .word   0xd503477f                  // smstart (SME)
    .word   0xd503467f                  // smstop
    .word   0x04bf5821                  // rdsvl x1, #1
    .word   0xd4400000                  // hlt #0: a halting debug event, for nobody
    .word   0xd4a00001                  // dcps1: debug state only
    .word   0xd4a00002                  // dcps2
    .word   0xd4a00003                  // dcps3
    .word   0xf83f9001                  // st64b x1.., [x0] (LS64)
    .word   0xf83fd001                  // ld64b
    .word   0

// The same in A32, whose assembler is another one; base r0.
    .global hostile_aarch32
hostile_aarch32:
    .word   0xe5901000                  // ldr   r1, [r0]
    .word   0xe5b01004                  // ldr   r1, [r0, #4]!
    .word   0xe4901004                  // ldr   r1, [r0], #4
    .word   0xe5d01000                  // ldrb  r1, [r0]
    .word   0xe1d010b0                  // ldrh  r1, [r0]
    .word   0xe1d010f0                  // ldrsh r1, [r0]
    .word   0xe1c020d0                  // ldrd  r2, r3, [r0]
    .word   0xe4b01000                  // ldrt  r1, [r0]
    .word   0xe89001fe                  // ldm   r0, {r1-r8}
    .word   0xe8b001fe                  // ldm   r0!, {r1-r8}
    .word   0xe1901f9f                  // ldrex r1, [r0]
    .word   0xe1901c9f                  // lda   r1, [r0]
    .word   0xed900b00                  // vldr  d0, [r0]
    .word   0xec900b20                  // vldm  r0, {d0-d15}
    .word   0xf420020f                  // vld1.8 {d0-d3}, [r0]
    .word   0xe5801000                  // str   r1, [r0]
    .word   0xe5a01004                  // str   r1, [r0, #4]!
    .word   0xe5c01000                  // strb  r1, [r0]
    .word   0xe1c010b0                  // strh  r1, [r0]
    .word   0xe1c020f0                  // strd  r2, r3, [r0]
    .word   0xe88001fe                  // stm   r0, {r1-r8}
    .word   0xe180fc91                  // stl   r1, [r0]
    .word   0xed800b00                  // vstr  d0, [r0]
    .word   0xf400020f                  // vst1.8 {d0-d3}, [r0]
    .word   0
