// ICH_LR<n>_EL2 by number (GIC architecture, IHI 0069, 12.4.4): system registers have no index, so the code has.

.macro each_list_register instruction
  .irp n, 0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15
  \instruction \n
  .endr
.endm

.macro read_one n
  mrs x0, ich_lr\n\()_el2
  ret
.endm

.macro write_one n
  msr ich_lr\n\()_el2, x1
  ret
.endm

// uint64_t read_list_register(uint32_t index), 0 to 15
.section .text.read_list_register, "ax"
.global read_list_register
read_list_register:
  and x0, x0, #15
  adr x1, 1f
  add x1, x1, x0, lsl #3
  br x1
1:
  each_list_register read_one

// void write_list_register(uint32_t index, uint64_t value), 0 to 15
.section .text.write_list_register, "ax"
.global write_list_register
write_list_register:
  and x0, x0, #15
  adr x2, 1f
  add x2, x2, x0, lsl #3
  br x2
1:
  each_list_register write_one
