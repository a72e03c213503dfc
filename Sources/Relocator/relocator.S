// The first page of single.img: moves every piece of the image to its place and starts the hypervisor.
//
// Entered like an arm64 Linux Image (Linux, Documentation/arch/arm64/booting.rst): MMU and data cache off, so that every
// access is to Device memory and has to be aligned. It uses no stack and no memory of its own, and only general
// registers. The compiler has seen to it that no piece's place meets this image; it patches the numbers below and puts
// the table of pieces into the page behind this one. Each entry is four 64-bit numbers: where the piece stands in the
// image, its address, its bytes, and its bytes in memory, of which the rest is to be zero.

#define PARAMETERS 64
#define RUNS_AT (PARAMETERS + 8)
#define ENTRY (PARAMETERS + 16)
#define PIECES (PARAMETERS + 24)
#define IMAGE_SIZE (PARAMETERS + 32)
#define TABLE 4096
#define TABLE_ENTRY 32

.section .text, "ax"
.global _start
_start:
  b start
  .long 0
  .quad 0                        // text_offset
  .quad 0                        // image_size
  .quad 2                        // little-endian, 4 KiB pages, text_offset counts from the start of RAM
  .quad 0
  .quad 0
  .quad 0
  .ascii "ARM\x64"
  .long 0

parameters:
  .ascii "BHSINGLE"
  .quad 0                        // the address that this image must run at
  .quad 0                        // the address to go on at
  .quad 0                        // how many pieces
  .quad 0                        // bytes of the image

// x19: the image; x20: the table's next entry; x21: pieces that are left; x24 to x27: what the boot loader handed over.
start:
  msr daifset, #0xF
  adr x19, _start
  ldr x5, [x19, #RUNS_AT]
  cmp x5, x19
  b.ne stop
  mov x24, x0
  mov x25, x1
  mov x26, x2
  mov x27, x3
  add x20, x19, #TABLE
  ldr x21, [x19, #PIECES]

next_piece:
  cbz x21, finish
  sub x21, x21, #1
  ldp x1, x2, [x20], #16
  ldp x3, x4, [x20], #16
  add x1, x1, x19
  mov x5, x2
  mov x6, x4
  bl forget
  sub x4, x4, x3
  bl copy
  mov x3, x4
  bl zero
  b next_piece

// The image may stand in memory that a domain will own: nothing of another domain's may be left there.
finish:
  ldr x3, [x19, #IMAGE_SIZE]
  add x3, x3, x19
  mov x2, x20
  sub x3, x3, x2
  mov x5, x2
  mov x6, x3
  bl forget
  bl zero
  ldr x5, [x19, #ENTRY]
  mov x0, x24
  mov x1, x25
  mov x2, x26
  mov x3, x27
  dsb sy
  ic iallu
  dsb sy
  isb
  br x5

// A boot loader that runs elsewhere cannot be helped: nothing is known of the memory around.
stop:
  wfe
  b stop

// Cleans and invalidates x6 bytes from x5, so that no line of the boot loader's is written over what comes there
// (DDI 0487, B2.8). Changes x5 to x8.
forget:
  cbz x6, forgotten
  mrs x7, ctr_el0
  ubfx x7, x7, #16, #4           // CTR_EL0.DminLine: words of a line, as a power of two
  mov x8, #4
  lsl x7, x8, x7
  add x6, x6, x5
  sub x8, x7, #1
  bic x5, x5, x8
forget_line:
  dc civac, x5
  add x5, x5, x7
  cmp x5, x6
  b.lo forget_line
  dsb sy
forgotten:
  ret

// Copies x3 bytes from x1 to x2, which are equal modulo 4096, and moves both to the end. Changes x3, x5 and x6.
copy:
  cbz x3, copied
  tst x2, #15
  b.eq copy_pairs
  ldrb w5, [x1], #1
  strb w5, [x2], #1
  sub x3, x3, #1
  b copy
copy_pairs:
  cmp x3, #16
  b.lo copy_rest
  ldp x5, x6, [x1], #16
  stp x5, x6, [x2], #16
  sub x3, x3, #16
  b copy_pairs
copy_rest:
  cbz x3, copied
  ldrb w5, [x1], #1
  strb w5, [x2], #1
  sub x3, x3, #1
  b copy_rest
copied:
  ret

// Zeroes x3 bytes from x2 and moves x2 to the end. Changes x3.
zero:
  cbz x3, zeroed
  tst x2, #15
  b.eq zero_pairs
  strb wzr, [x2], #1
  sub x3, x3, #1
  b zero
zero_pairs:
  cmp x3, #16
  b.lo zero_rest
  stp xzr, xzr, [x2], #16
  sub x3, x3, #16
  b zero_pairs
zero_rest:
  cbz x3, zeroed
  strb wzr, [x2], #1
  sub x3, x3, #1
  b zero_rest
zeroed:
  ret
