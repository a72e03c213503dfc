import GuestKit
import HostileSupport

/// Attacks from EL0: what EL2 traps there comes with other syndromes, other vectors and, in AArch32, other instructions.
struct UserAttacks {
  let surroundings: Surroundings

  func run(_ report: inout Report) {
    let timer = PendingTimer(surroundings: surroundings)
    timer.start()
    timer.stop()
    let sandbox = UserSandbox(surroundings)
    report.attempt("user-loads-of-every-form", .user, .own) { access(.loads, sandbox, &$0) }
    report.attempt("user-stores-of-every-form", .user, .own) { access(.stores, sandbox, &$0) }
    report.attempt("user-loads-and-stores-in-aarch32", .user, .own) { aarch32(sandbox, &$0) }
    report.attempt("user-device-accesses-in-aarch32", .user, .own) { aarch32Devices(sandbox, &$0) }
    report.attempt("user-coprocessor-registers", .user, .own) { coprocessors(sandbox, &$0) }
    report.attempt("user-fuzz-a64", .user, .own) { fuzz(.a64, seed: 11, sandbox, &$0) }
    report.attempt("user-fuzz-a32", .user, .own) { fuzz(.a32, seed: 12, sandbox, &$0) }
    report.attempt("user-fuzz-t32", .user, .own) { fuzz(.t32, seed: 13, sandbox, &$0) }
    hostile_translation_off()
  }

  private func access(_ table: FormTable, _ sandbox: UserSandbox?, _ tally: inout Tally) {
    guard let sandbox else { return }
    surroundings.forEachForeignSample { address in
      table.forEach { form in
        sandbox.fill(AccessForms.pattern)
        sandbox[0] = address
        sandbox[3] = 0
        expectRefusal(sandbox.run(form, in: .a64), at: address, form, &tally)
        tally.expect(sandbox[0] == address, value: sandbox[0], at: address)
      }
    }
  }

  /// Aborted, or refused before that by EL1's own controls (EC 0x18) or for want of the instruction.
  private func expectRefusal(_ trap: Trap?, at address: UInt64, _ form: UInt32, _ tally: inout Tally) {
    tally.tried(trap)
    let isRefused = trap?.isUserDataAbort == true || trap?.isUndefined == true || trap?.exceptionClass == 0x18
    tally.expect(isRefused, value: UInt64(form), at: address)
  }

  private func aarch32(_ sandbox: UserSandbox?, _ tally: inout Tally) {
    guard let sandbox else { return }
    surroundings.forEachForeignSample { address in
      guard address < 1 << 32 else { return }
      FormTable.aarch32.forEach { form in
        sandbox.fill(AccessForms.pattern & 0xFFFF_FFFF)
        sandbox[0] = address
        expectRefusal(sandbox.run(form, in: .a32), at: address, form, &tally)
      }
    }
  }

  /// The virtual devices, which AArch32 at EL0 gets no answer from: every access is aborted. A GICv2's CPU interface is
  /// no virtual device.
  private func aarch32Devices(_ sandbox: UserSandbox?, _ tally: inout Tally) {
    guard let sandbox else { return }
    surroundings.forEachDevice { window in
      if surroundings.isGICv2, window.base == surroundings.redistributors.base { return }
      for offset in stride(from: UInt64(0x10), to: 0x400, by: 4) {
        FormTable.aarch32.forEach { form in
          sandbox.fill(0)
          sandbox[0] = window.base + offset
          expectRefusal(sandbox.run(form, in: .a32), at: window.base + offset, form, &tally)
        }
      }
    }
  }

  /// Every MRC and MCR, and MRRC and MCRR, of coprocessors 14 and 15.
  private func coprocessors(_ sandbox: UserSandbox?, _ tally: inout Tally) {
    guard let sandbox else { return }
    sandbox.fill(0)
    for coprocessor in UInt32(14)...15 {
      for number in UInt32(0)..<(1 << 15) {
        let isRead = number >> 14
        let fields = (number & 7) << 21 | (number >> 3 & 15) << 16 | (number >> 7 & 15) | (number >> 11 & 7) << 5
        tally.tried(sandbox.run(0xEE00_1010 | isRead << 20 | coprocessor << 8 | fields, in: .a32))
      }
      for number in UInt32(0)..<512 {
        let fields = (number & 15) << 4 | (number >> 4 & 15)
        tally.tried(sandbox.run(0xEC42_1000 | (number >> 8) << 20 | coprocessor << 8 | fields, in: .a32))
      }
    }
  }

  /// Any word as an instruction, with addresses of others, of devices and of its own in the registers.
  private func fuzz(_ state: UserSandbox.State, seed: UInt64, _ sandbox: UserSandbox?, _ tally: inout Tally) {
    guard let sandbox else { return }
    var random = RandomNumbers(seed: seed)
    for _ in 0..<60_000 {
      for number in UInt64(0)..<31 { sandbox[number] = value(random.next(), sandbox) }
      tally.tried(sandbox.run(UInt32(truncatingIfNeeded: random.next()), in: state, mayRunForever: true))
    }
    // Something may have been written to the console.
    surroundings.serial.endLine()
  }

  private func value(_ random: UInt64, _ sandbox: UserSandbox) -> UInt64 {
    let offset = random >> 8 & 0xFFF8
    return switch random & 7 {
    case 0: surroundings.distributor.base + offset
    case 1: surroundings.redistributors.base + offset
    case 2: surroundings.console.base + 8 + offset % 0xFF0
    case 3: surroundings.memory.base - 0x1_0000 + offset
    case 4: sandbox.block + 0x1_0000 + offset
    case 5: random >> 32
    case 6: random >> 16
    default: 0
    }
  }
}
