import TestSupport
import HypervisorCore
import ImageFormat
import Testing

@Suite struct TrapDecodingTests {
  @Test func `an abort's fields are where the manual has them`() {
    // ESR of `ldrsh x5, [..]` to unmapped memory, level 2: EC 0x24, IL, ISV, SAS 1, SSE, SRT 5, SF, DFSC 6.
    let syndrome = Syndrome(rawValue: 0x9265_8006 | 1 << 24)
    let abort = AbortSyndrome(iss: syndrome.iss)
    #expect(syndrome.exceptionClass == .dataAbort)
    #expect(syndrome.instructionLength == 4)
    #expect(abort.isValid && abort.extendsSign && abort.is64Bit && !abort.isWrite && !abort.isOnTableWalk)
    #expect(abort.size == 2 && abort.register == 5)
    #expect(abort.isTranslationFault && !abort.isPermissionFault && abort.canBeEmulated && abort.hasPage)
  }

  @Test func `only a translation fault of the access itself with a valid syndrome is emulated`() {
    for iss in stride(from: UInt32(0), to: 1 << 25, by: 37) {
      let abort = AbortSyndrome(iss: iss)
      #expect(abort.canBeEmulated == (abort.isValid && abort.isTranslationFault && !abort.isOnTableWalk))
      #expect([1, 2, 4, 8].contains(abort.size))
      #expect(abort.isWord == (abort.size == 4 && !abort.extendsSign))
      #expect(AbortSyndrome(iss: iss | 1 << 25).isPlainWord == (abort.canBeEmulated && abort.isWord))
      #expect(!abort.isPlainWord)
    }
  }

  @Test func `loads extend and stores truncate as the instruction says`() {
    for value in [0, 0x7F, 0x80, 0xFF, 0x8000, 0xFFFF_8000, 0x1234_5678_9ABC_DEF0, UInt64.max] {
      for (size, code) in [(1, 0), (2, 1), (4, 2), (8, 3)] as [(Int, UInt32)] {
        for flags in 0..<4 as Range<UInt32> {
          let abort = AbortSyndrome(iss: 1 << 24 | code << 22 | (flags & 1) << 21 | (flags >> 1) << 15)
          #expect(abort.truncated(value) == (size == 8 ? value : value % (1 << UInt64(size * 8))))
          #expect(abort.extended(value) == naive(value, size, signed: flags & 1 != 0, wide: flags & 2 != 0))
        }
      }
    }
  }

  private func naive(_ value: UInt64, _ size: Int, signed: Bool, wide: Bool) -> UInt64 {
    let result: UInt64 =
      switch (size, signed) {
      case (1, true): UInt64(bitPattern: Int64(Int8(truncatingIfNeeded: value)))
      case (2, true): UInt64(bitPattern: Int64(Int16(truncatingIfNeeded: value)))
      case (4, true): UInt64(bitPattern: Int64(Int32(truncatingIfNeeded: value)))
      case (1, false): UInt64(UInt8(truncatingIfNeeded: value))
      case (2, false): UInt64(UInt16(truncatingIfNeeded: value))
      case (4, false): UInt64(UInt32(truncatingIfNeeded: value))
      default: value
      }
    return wide ? result : UInt64(UInt32(truncatingIfNeeded: result))
  }

  @Test func `of all system registers a domain reaches the identification registers, SGIs and what is ignored`() {
    var identification = 0
    for op0 in 0..<4 as Range<UInt32> {
      for op1 in 0..<8 as Range<UInt32> {
        for crn in 0..<16 as Range<UInt32> {
          for crm in 0..<16 as Range<UInt32> {
            for op2 in 0..<8 as Range<UInt32> {
              let name = SystemRegisterAccess.name(op0, op1, crn, crm, op2)
              let read = SystemRegisterAccess(iss: name | 1)
              let write = SystemRegisterAccess(iss: name)
              #expect(read.op0 == op0 && read.op1 == op1 && read.crn == crn && read.crm == crm && read.op2 == op2)
              let rules = (SystemRegisterRule.rule(for: read), SystemRegisterRule.rule(for: write))
              switch (op0, op1, crn, crm, op2) {
              case (3, 0, 12, 11, 5): #expect(rules == (.undefined, .softwareInterrupt))
              case (3, 0, 12, 11, 6), (3, 0, 12, 11, 7): #expect(rules == (.undefined, .ignored))
              case (3, 0, 12, 12, 5): #expect(rules == (.systemRegisterEnable, .systemRegisterEnable))
              // REVIDR_EL1 and AIDR_EL1, but not SMIDR_EL1 (3, 1, 0, 0, 6) beside it.
              case (3, 0, 0, 0, 6): #expect(rules == (.revision, .undefined))
              case (3, 1, 0, 0, 7): #expect(rules == (.auxiliaryIdentification, .undefined))
              case (3, 0, 1, 0, 1), (2, 0, _, _, _), (2, 3, _, _, _): #expect(rules == (.ignored, .ignored))
              case (1, 0, 7, 6, 2), (1, 0, 7, 10, 2), (1, 0, 7, 14, 2): #expect(rules.1 == .setWay)
              case (3, 0, 0, 1...7, _):
                #expect(rules == (.identification(Int(crm) * 8 + Int(op2)), .undefined))
                identification += 1
              default: #expect(rules == (.undefined, .undefined))
              }
            }
          }
        }
      }
    }
    #expect(identification == 56)
  }

  @Test func `an exception given to a domain arrives as if the CPU had taken it`() {
    let trap = Syndrome(rawValue: 0x24 << 26 | 1 << 25 | 1 << 24 | 2 << 22 | 1 << 6 | 0x05)
    let states: [(UInt64, UInt64)] = [(0x3C5, 0x200), (0x3C4, 0x000), (0x000, 0x400), (0x1F0, 0x600)]
    for (state, offset) in states {
      let exception = GuestException.externalAbort(at: state | 0xF000_0000 | 1 << 20 | 1 << 21, trap: trap, control: 0)
      #expect(exception.vectorOffset == offset)
      // EL1h, D A I F masked, NZCV kept, IL (20) and SS (21) clear, PAN (22) set as SCTLR_EL1.SPAN is 0.
      #expect(exception.state == 0xF000_0000 | 1 << 22 | 0x3C5)
      let fromEL0 = state & 0xF == 0
      #expect(exception.syndrome == (fromEL0 ? 0x24 : 0x25) << 26 | 1 << 25 | 1 << 6 | 0x10)
    }
  }

  @Test func `PAN and SSBS follow SCTLR_EL1`() {
    let trap = Syndrome(rawValue: 1 << 25)
    let spanKeeps: UInt64 = 1 << 23
    #expect(GuestException.undefined(at: 0x5, trap: trap, control: spanKeeps).state & (1 << 22) == 0)
    #expect(GuestException.undefined(at: 0x5 | 1 << 22, trap: trap, control: spanKeeps).state & (1 << 22) != 0)
    #expect(GuestException.undefined(at: 0x5, trap: trap, control: 1 << 44).state & (1 << 12) != 0)
    #expect(GuestException.undefined(at: 0x5 | 1 << 12, trap: trap, control: 0).state & (1 << 12) == 0)
    #expect(GuestException.undefined(at: 0x5, trap: trap, control: 0).syndrome == 1 << 25)
    #expect(GuestException.undefined(at: 0x0, trap: Syndrome(rawValue: 0), control: 0).syndrome == 0)
  }

  @Test func `a fault on the domain's own table walk says so and at which level`() {
    for level in 0..<4 as Range<UInt64> {
      let data = Syndrome(rawValue: 0x24 << 26 | 1 << 25 | 1 << 7 | 0x04 | level)
      let fetch = Syndrome(rawValue: 0x20 << 26 | 1 << 25 | 1 << 7 | 0x04 | level)
      #expect(GuestException.externalAbort(at: 0x5, trap: data, control: 0).syndrome & 0x3F == 0x14 | level)
      #expect(GuestException.externalAbort(at: 0x5, trap: fetch, control: 0).syndrome >> 26 == 0x21)
      #expect(GuestException.externalAbort(at: 0x0, trap: fetch, control: 0).syndrome >> 26 == 0x20)
    }
  }

  @Test func `after a skipped instruction single-step and branch state are clear and nothing else is`() {
    #expect(GuestException.stateAfterInstruction(UInt64.max) == UInt64.max ^ (1 << 21 | 3 << 10))
    for bit in 0..<64 as Range<UInt64> {
      let state: UInt64 = 1 << bit
      let isSame = GuestException.stateAfterInstruction(state) == state
      // M[4], AArch32, continues by other rules.
      #expect(GuestException.continuesAsItIs(state) == (isSame && bit != 4))
    }
  }

  @Test func `SGI requests name the CPUs of the domain and nobody else`() {
    var random = SeededGenerator(seed: 1)
    for _ in 0..<100_000 {
      var value = random.next()
      if Bool.random(using: &random) { value &= 0x0000_0100_0F00_FFFF }
      let count = Int.random(in: 1...16, using: &random)
      let sender = Int.random(in: 0..<count, using: &random)
      let request = SGIRequest(value: value, sender: sender, cpuCount: count)
      #expect(request.line == UInt32(value >> 24 & 15))
      for target in 0..<32 {
        let toAll = value >> 40 & 1 == 1 && target != sender
        let isNamed =
          value >> 40 & 1 == 0 && target < 16 && value >> UInt64(target) & 1 == 1
          && value >> 16 & 0xFF == 0 && value >> 32 & 0xFF == 0 && value >> 48 & 0xFF == 0 && value >> 44 & 0xF == 0
        #expect((request.targets >> UInt32(target) & 1 == 1) == (target < count && (toAll || isNamed)))
      }
    }
  }
}
