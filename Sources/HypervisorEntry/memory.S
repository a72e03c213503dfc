// What the compiler may call for a copy or a fill (C11, 7.24), with general-purpose registers only: the SIMD registers
// hold the domain's values. Sixteen bytes at a time, then one by one; the areas are normal memory and may be unaligned.

.section .text.memcpy, "ax"
.global memcpy
memcpy:
  mov x3, x0
1:
  subs x2, x2, #16
  b.lt 2f
  ldp x4, x5, [x1], #16
  stp x4, x5, [x3], #16
  b 1b
2:
  adds x2, x2, #16
  b.eq 4f
3:
  ldrb w4, [x1], #1
  strb w4, [x3], #1
  subs x2, x2, #1
  b.ne 3b
4:
  ret

.section .text.memmove, "ax"
.global memmove
memmove:
  cmp x0, x1
  b.ls memcpy                    // forward is right when the destination is below the source
  add x3, x0, x2
  add x1, x1, x2
1:
  cbz x2, 2f
  ldrb w4, [x1, #-1]!
  strb w4, [x3, #-1]!
  sub x2, x2, #1
  b 1b
2:
  ret

.section .text.memset, "ax"
.global memset
memset:
  mov x3, x0
  and x1, x1, #0xFF
  mov x4, #0x0101010101010101
  mul x1, x1, x4
1:
  subs x2, x2, #16
  b.lt 2f
  stp x1, x1, [x3], #16
  b 1b
2:
  adds x2, x2, #16
  b.eq 4f
3:
  strb w1, [x3], #1
  subs x2, x2, #1
  b.ne 3b
4:
  ret
