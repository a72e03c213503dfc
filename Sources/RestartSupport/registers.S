// What a run leaves in a CPU, and what it finds there.

.arch armv8-a+fp+simd

#define PATTERN_LOW 0x5245
#define PATTERN_HIGH 0x5354

// Registers whose every bit, or the bits of the pattern, can be read back. They are harmless while the MMU is off and
// interrupts are masked.
.macro each_register body
  \body ttbr0_el1
  \body ttbr1_el1
  \body tcr_el1
  \body mair_el1
  \body amair_el1
  \body contextidr_el1
  \body tpidr_el0
  \body tpidrro_el0
  \body tpidr_el1
  \body par_el1
  \body esr_el1
  \body afsr0_el1
  \body afsr1_el1
  \body far_el1
  \body elr_el1
  \body spsr_el1
  \body sp_el0
  \body csselr_el1
  \body cntkctl_el1
  \body cntv_cval_el0
  \body cntp_cval_el0
  \body cntv_ctl_el0
  \body cntp_ctl_el0
.endm

.macro count_nonzero register
  mrs x1, \register
  cmp x1, #0
  cinc x0, x0, ne
.endm

.macro count_vector n
  umov x1, v\n\().d[0]
  umov x2, v\n\().d[1]
  orr x1, x1, x2
  cmp x1, #0
  cinc x0, x0, ne
.endm

.macro fill_register register
  msr \register, x1
.endm

.section .text.restart_registers, "ax"

.global restart_remaining_registers
restart_remaining_registers:
  mrs x1, cpacr_el1
  mov x0, #0
  cmp x1, #0
  cinc x0, x0, ne
  mov x1, #(3 << 20)             // CPACR_EL1.FPEN: SIMD registers do not trap
  msr cpacr_el1, x1
  isb
  each_register count_nonzero
  .irp n, 0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15
  count_vector \n
  .endr
  .irp n, 16, 17, 18, 19, 20, 21, 22, 23, 24, 25, 26, 27, 28, 29, 30, 31
  count_vector \n
  .endr
  count_nonzero fpcr
  count_nonzero fpsr
  // Pointer authentication, where the CPU has it: ID_AA64ISAR1_EL1.APA, API, GPA, GPI.
  mrs x3, id_aa64isar1_el1
  mov x4, #0xFF0
  movk x4, #0xFF00, lsl #16
  tst x3, x4
  b.eq 1f
  count_nonzero s3_0_c2_c1_0
  count_nonzero s3_0_c2_c1_1
  count_nonzero s3_0_c2_c1_2
  count_nonzero s3_0_c2_c1_3
  count_nonzero s3_0_c2_c2_0
  count_nonzero s3_0_c2_c2_1
  count_nonzero s3_0_c2_c2_2
  count_nonzero s3_0_c2_c2_3
1:
  ret

.global restart_fill_registers
restart_fill_registers:
  mov x1, #PATTERN_LOW
  movk x1, #PATTERN_HIGH, lsl #16
  movk x1, #PATTERN_LOW, lsl #32
  movk x1, #PATTERN_HIGH, lsl #48
  each_register fill_register
  .irp n, 0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15
  dup v\n\().2d, x1
  .endr
  .irp n, 16, 17, 18, 19, 20, 21, 22, 23, 24, 25, 26, 27, 28, 29, 30, 31
  dup v\n\().2d, x1
  .endr
  mov x2, #0x1F
  msr fpsr, x2
  mov x2, #(3 << 22)             // FPCR.RMode
  msr fpcr, x2
  mov x2, #1
  msr cntv_ctl_el0, x2
  msr cntp_ctl_el0, x2
  mov x2, #3
  msr cntkctl_el1, x2
  mov x2, #2                     // the level 2 cache
  msr csselr_el1, x2
  mrs x3, id_aa64isar1_el1
  mov x4, #0xFF0
  movk x4, #0xFF00, lsl #16
  tst x3, x4
  b.eq 1f
  .irp n, 0, 1, 2, 3
  msr s3_0_c2_c1_\n, x1
  msr s3_0_c2_c2_\n, x1
  .endr
1:
  isb
  ret

.global restart_second_cpu
restart_second_cpu:
  mov x19, x0
  bl restart_remaining_registers
  orr x0, x0, #(1 << 63)
  str x0, [x19]
  dsb sy
  bl restart_fill_registers
2:
  ldr x0, [x19, #8]
  add x0, x0, #1
  str x0, [x19, #8]
  b 2b

.global restart_fill
restart_fill:
  mov x2, #PATTERN_LOW
  movk x2, #PATTERN_HIGH, lsl #16
  movk x2, #PATTERN_LOW, lsl #32
  movk x2, #PATTERN_HIGH, lsl #48
3:
  cmp x0, x1
  b.hs 4f
  stp x2, x2, [x0], #16
  b 3b
4:
  ret

.global restart_first_nonzero
restart_first_nonzero:
5:
  cmp x0, x1
  b.hs 6f
  ldr x2, [x0]
  cbnz x2, 6f
  add x0, x0, #8
  b 5b
6:
  ret

.global restart_jump
restart_jump:
  br x0
