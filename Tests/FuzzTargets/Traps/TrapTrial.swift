import HypervisorCore

/// Syndromes, saved states and values that domains put into registers, decoded by the runtime and by the manual's
/// tables.
enum TrapTrial {
  @Sendable static func run(_ bytes: [UInt8]) throws {
    var input = InputBytes(bytes)
    while !input.isAtEnd {
      switch input.choice(5) {
      case 0: try abort(UInt64(input.number(UInt32.self)), value: input.number())
      case 1: try register(input.number(UInt32.self))
      case 2: try exception(UInt64(input.number(UInt32.self)), state: input.number(), control: input.number())
      case 3: try softwareInterrupt(input.number(), sender: input.byte(), count: input.byte())
      default: try listRegister(input.number())
      }
    }
  }

  static func abort(_ syndrome: UInt64, value: UInt64) throws(Mismatch) {
    let model = TrapModel(syndrome: syndrome)
    let trap = Syndrome(rawValue: syndrome)
    let abort = AbortSyndrome(iss: trap.iss)
    let what = "abort with ESR_EL2 \(hexadecimal(syndrome))"
    try require(UInt64(trap.exceptionClass.rawValue), is: model.bits(31, 26), "\(what): EC")
    try require(trap.instructionLength, is: model.bits(25, 25) == 1 ? 4 : 2, "\(what): length")
    try require(abort.isValid, is: model.bits(24, 24) == 1, "\(what): ISV")
    try require(UInt64(abort.size), is: 1 << model.bits(23, 22), "\(what): size")
    try require(UInt64(abort.register), is: model.bits(20, 16), "\(what): SRT")
    try require(abort.isWrite, is: model.bits(6, 6) == 1, "\(what): WnR")
    try require(abort.isOnTableWalk, is: model.bits(7, 7) == 1, "\(what): S1PTW")
    try require(abort.hasNoAddress, is: model.bits(10, 10) == 1, "\(what): FnV")
    try require(abort.isTranslationFault, is: model.status == .translation, "\(what): translation fault")
    try require(abort.isPermissionFault, is: model.status == .permission, "\(what): permission fault")
    try require(abort.isAccessFlagFault, is: model.status == .accessFlag, "\(what): access flag fault")
    try require(
      abort.isExternalAbort, is: model.status == .externalAbort || model.status == .externalAbortOnWalk,
      "\(what): external abort")
    try require(
      abort.canBeEmulated, is: abort.isValid && model.status == .translation && !abort.isOnTableWalk,
      "\(what): can be emulated")
    try require(
      abort.isWord, is: model.bits(23, 22) == 2 && model.bits(21, 21) == 0, "\(what): an access of 32 bits")
    try require(abort.isAligned(value), is: value % (1 << model.bits(23, 22)) == 0, "\(what): aligned")
    try require(abort.extended(value), is: model.loaded(value), "\(what): load of \(hexadecimal(value))")
    let bytes = model.bits(23, 22) == 3 ? value : value % (1 << (8 << model.bits(23, 22)))
    try require(abort.truncated(value), is: bytes, "\(what): store of \(hexadecimal(value))")
  }

  static func register(_ iss: UInt32) throws(Mismatch) {
    let model = TrapModel(syndrome: UInt64(iss & 0x1FF_FFFF))
    let access = SystemRegisterAccess(iss: iss & 0x1FF_FFFF)
    let what = "system register access with ISS \(hexadecimal(iss))"
    try require(access.isRead, is: model.bits(0, 0) == 1, "\(what): direction")
    try require(UInt64(access.register), is: model.bits(9, 5), "\(what): Rt")
    let found: TrapModel.Register =
      switch SystemRegisterRule.rule(for: access) {
      case .softwareInterrupt: .softwareInterrupt
      case .identification(let index): .identification(index)
      case .revision: .revision
      case .auxiliaryIdentification: .auxiliaryIdentification
      case .ignored: .zero
      case .systemRegisterEnable: .registerEnable
      case .setWay: .setWay
      case .undefined: .undefined
      }
    // Of cache maintenance there is only the write.
    if model.register == .setWay, access.isRead { return }
    try require(found, is: model.register, what)
  }

  static func exception(_ syndrome: UInt64, state: UInt64, control: UInt64) throws(Mismatch) {
    let model = ExceptionModel(interrupted: state, control: control)
    let what = "exception from SPSR_EL2 \(hexadecimal(state)), ESR_EL2 \(hexadecimal(syndrome))"
    let undefined = GuestException.undefined(at: state, trap: Syndrome(rawValue: syndrome), control: control)
    try require(undefined.syndrome, is: syndrome & 1 << 25, "\(what): undefined")
    let isData = TrapModel.bits(syndrome, 31, 26) == 0x24
    let trap = Syndrome(rawValue: isData ? syndrome : syndrome & 0x3FF_FFFF | 0x20 << 26)
    let abort = GuestException.externalAbort(at: state, trap: trap, control: control)
    let expectedClass: UInt64 = (isData ? 0x24 : 0x20) + (state & 0xF == 0 ? 0 : 1)
    try require(abort.syndrome >> 26, is: expectedClass, "\(what): class of the abort")
    let isOnWalk = syndrome >> 7 & 1 == 1
    try require(
      abort.syndrome & 0x3F, is: isOnWalk ? 0b010100 | syndrome & 3 : 0b010000, "\(what): status of the abort")
    try require(abort.syndrome >> 6 & 1, is: isData ? syndrome >> 6 & 1 : 0, "\(what): WnR of the abort")
    try require(abort.syndrome & 0x1FF_FF80, is: 0, "\(what): nothing else in the abort's syndrome")
    for exception in [undefined, abort] {
      try require(exception.vectorOffset, is: model.vectorOffset, "\(what): vector")
      try require(exception.state, is: model.state, "\(what): PSTATE at the handler")
    }
    for bit in 0..<64 as Range<UInt64> {
      let after = GuestException.stateAfterInstruction(state) >> bit & 1
      try require(after, is: bit == 21 || bit == 10 || bit == 11 ? 0 : state >> bit & 1, "\(what): bit \(bit) after")
    }
  }

  /// Which CPUs a write to ICC_SGI1R_EL1 and to GICD_SGIR names, one CPU after the other.
  static func softwareInterrupt(_ value: UInt64, sender: UInt8, count: UInt8) throws(Mismatch) {
    let count = Int(count) % 16 + 1
    let sender = Int(sender) % count
    let request = SGIRequest(value: value, sender: sender, cpuCount: count)
    let what = "SGI request \(hexadecimal(value)) of CPU \(sender) of \(count)"
    try require(UInt64(request.line), is: TrapModel.bits(value, 27, 24), "\(what): INTID")
    let isOther = [(55, 48), (47, 44), (39, 32), (23, 16)].contains { TrapModel.bits(value, $0.0, $0.1) != 0 }
    for target in 0..<32 {
      let isNamed =
        TrapModel.bits(value, 40, 40) == 1
        ? target != sender : !isOther && target < 16 && value >> UInt64(target) & 1 == 1
      try require(
        request.targets >> UInt32(target) & 1 == 1, is: target < count && isNamed, "\(what): goes to CPU \(target)")
    }
    let word = UInt32(truncatingIfNeeded: value)
    let few = min(count, 8)
    let gicv2 = SGIRequest(gicv2: word, sender: sender % few, cpuCount: few)
    try require(gicv2.line, is: word % 16, "\(what): INTID of GICD_SGIR")
    for target in 0..<32 {
      let isNamed =
        switch word >> 24 & 3 {
        case 0: target < 8 && word >> UInt32(16 + target) & 1 == 1
        case 1: target != sender % few
        case 2: target == sender % few
        default: false
        }
      try require(
        gicv2.targets >> UInt32(target) & 1 == 1, is: target < few && isNamed, "\(what): GICD_SGIR to CPU \(target)")
    }
  }

  /// ICH_LR<n>_EL2 through the 32 bits of GICH_LR<n> (Arm IHI 0048, 5.3.9).
  static func listRegister(_ value: UInt64) throws(Mismatch) {
    let word = UInt32(truncatingIfNeeded: value)
    let entry = ListRegister(gicv2: word)
    let what = "GICH_LR \(hexadecimal(word))"
    try require(UInt64(entry.line), is: TrapModel.bits(value, 9, 0), "\(what): VirtualID")
    try require(UInt64(entry.priority), is: TrapModel.bits(value, 27, 23) << 3, "\(what): Priority")
    try require(entry.isPending, is: TrapModel.bits(value, 28, 28) == 1, "\(what): pending")
    try require(entry.isActive, is: TrapModel.bits(value, 29, 29) == 1, "\(what): active")
    try require(entry.isOnlyPending, is: TrapModel.bits(value, 29, 28) == 1, "\(what): only pending")
    try require(entry.isEmpty, is: TrapModel.bits(value, 29, 28) == 0, "\(what): empty")
    try require(entry.isHardware, is: TrapModel.bits(value, 31, 31) == 1, "\(what): HW")
    try require(
      entry.tellsEnd, is: TrapModel.bits(value, 31, 31) == 0 && TrapModel.bits(value, 19, 19) == 1, "\(what): EOI")
    try require(UInt64(entry.source), is: TrapModel.bits(value, 12, 10), "\(what): CPUID")
    // Grp1 (30) is not kept: a domain's lines are Group 0 there. Bits 22:20 are reserved.
    try require(entry.gicv2, is: word & ~(1 << 30 | 7 << 20), "\(what): there and back")
  }
}
