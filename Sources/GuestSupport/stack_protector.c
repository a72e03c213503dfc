/* What the compiler's stack protector asks for. The canary is a constant: it catches a mistake, not an attacker. */

#include <stdint.h>

void guest_fault(uint64_t syndrome, uint64_t address, uint64_t fault_address);
__attribute__((noreturn)) void guest_stop(void);

uintptr_t __stack_chk_guard = 0x00a57ac4000dff0a;

__attribute__((noreturn)) void __stack_chk_fail(void) {
  guest_fault(0, (uint64_t)__builtin_return_address(0), 0);
  guest_stop();
}
