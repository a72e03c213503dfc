import HypervisorCore
import HypervisorModel
import ImageFormat

// What the domain's instructions do, and what they have to see.
extension InterruptTrial {
  static var distributor: UInt64 { 0x0800_0000 }
  static var redistributor: UInt64 { 0x080A_0000 }
  static var serialPort: UInt64 { 0x0900_0000 }

  /// A load or store at a guest address that traps.
  mutating func access(_ cpu: Int) throws(Mismatch) {
    let size = input.choice(of: [4, 4, 4, 4, 4, 1, 8, 2])
    let address: UInt64
    switch input.choice(8) {
    case 0: address = Self.distributor + UInt64(input.number(UInt16.self))
    case 1: address = Self.redistributor + UInt64(input.number(UInt32.self) & 0xF_FFFF)
    case 2: address = Self.serialPort + UInt64(input.choice(of: [0x00, 0x38, 0x44, 0x2C, 0x34, 0x18]))
    case 3: address = Self.redistributor + UInt64(input.choice(model.cpus)) << 17 + 0x1_0000 + register()
    default: address = Self.distributor + register()
    }
    let isWrite = input.bool()
    let value: UInt64 = isWrite ? (input.bool() ? input.number() : spread(input.byte())) : 0
    try access(cpu, at: address, size: size, write: isWrite ? value : nil)
  }

  /// An offset of a register that has fields, more often one of the domain's lines than any.
  mutating func register() -> UInt64 {
    let bases: [UInt64] = [
      0x80, 0x100, 0x180, 0x200, 0x280, 0x300, 0x380, 0x400, 0x800, 0xC00, 0x6000, 0xF10, 0xF00, 0x0,
    ]
    let base = input.choice(of: bases)
    let line = UInt64(
      input.bool() ? input.choice(of: TrialLines.own + [TrialLines.console, 0, 8, 27]) : Int(input.byte()) * 4)
    switch base {
    case 0x400, 0x800: return base + line
    case 0xC00: return base + line / 16 * 4
    case 0x6000: return base + line * 8
    case 0xF10, 0xF00, 0x0: return base + UInt64(input.byte() & 0x1F)
    default: return base + line / 32 * 4
    }
  }

  /// A byte in all eight places.
  func spread(_ byte: UInt8) -> UInt64 { UInt64(byte) &* 0x0101_0101_0101_0101 }

  /// Carries an access out on both sides; `write` is nil for a load.
  mutating func access(_ cpu: Int, at address: UInt64, size: Int, write value: UInt64?) throws(Mismatch) {
    let name = value.map { "store of \(hexadecimal($0))" } ?? "load"
    let what = "CPU \(cpu), \(name), \(size) bytes at \(hexadecimal(address))"
    note(what)
    var registers = [UInt64](repeating: 0x5A5A_5A5A_5A5A_5A5A, count: 32)
    if let value { registers[3] = value }
    let code: UInt32 = size == 1 ? 0 : size == 2 ? 1 : size == 4 ? 2 : 3
    let iss = 1 << 24 | code << 22 | 3 << 16 | 1 << 15 | (value == nil ? 0 : 1 << 6) | 0x05
    let virtualCPU = system.virtualCPU(cpu)
    let console = system.console(cpu)
    let isEmulated = registers.withUnsafeMutableBufferPointer { buffer in
      guard let base = buffer.baseAddress else { return false }
      return virtualCPU.emulate(at: address, AbortSyndrome(iss: iss), TrapFrame(base), console: { console })
    }
    let place = place(of: address, size: size)
    try require(isEmulated, is: place != nil, "\(what): is emulated")
    for other in registers.indices where other != 3 {
      try require(registers[other], is: 0x5A5A_5A5A_5A5A_5A5A, "\(what): x\(other)")
    }
    guard let place, case .registers(let frame, let bank, let offset) = place else { return }
    if let value {
      try require(registers[3], is: value, "\(what): the stored register")
      try write(frame, bank ?? cpu, offset, size: size, value, cpu)
    } else {
      try read(frame, bank ?? cpu, offset, size: size, registers[3], cpu, what)
      if size == 4, let value = virtualCPU.readAtOnce(address) {
        try require(UInt64(value), is: registers[3], "\(what): at a look")
      }
    }
  }

  enum Place {
    case registers(RegisterField.Frame, bank: Int?, UInt32)
    /// A redistributor's RD frame.
    case control(Int, UInt32)
    case console
  }

  /// What stands at a guest address; nil if EL2 emulates nothing there or the access is not aligned.
  func place(of address: UInt64, size: Int) -> Place? {
    if address % UInt64(size) != 0 { return nil }
    if (Self.distributor..<Self.distributor + (CPU.isGICv2 ? 0x1000 : 0x1_0000)).contains(address) {
      return .registers(
        CPU.isGICv2 ? .bankedDistributor : .distributor, bank: nil, UInt32(address - Self.distributor))
    }
    let end = Self.redistributor + UInt64(model.cpus) << 17
    if !CPU.isGICv2, (Self.redistributor..<end).contains(address) {
      let target = Int((address - Self.redistributor) >> 17)
      let offset = UInt32((address - Self.redistributor) & 0x1_FFFF)
      if offset < 0x1_0000 { return .control(target, offset) }
      return .registers(.interruptFrame, bank: target, offset - 0x1_0000)
    }
    return (Self.serialPort..<Self.serialPort + 0x1000).contains(address) ? .console : nil
  }

  mutating func write(
    _ frame: RegisterField.Frame, _ bank: Int, _ offset: UInt32, size: Int, _ value: UInt64, _ cpu: Int
  ) throws(Mismatch) {
    if frame != .interruptFrame, offset == 0, size == 4 {
      model.groups = UInt32(value & 3)
      return
    }
    if frame == .bankedDistributor, offset == 0xF00, size == 4 { return sent(gicv2: UInt32(value & 0xFFFF_FFFF), cpu) }
    guard let field = RegisterField(frame, offset: offset, size: size) else { return }
    // A route's low word has all of the affinity that counts.
    let value = size == 8 ? value : value & (1 << UInt64(size * 8) - 1)
    for place in 0..<field.count {
      let mask: UInt64 = field.width == 64 ? .max : 1 << UInt64(field.width) - 1
      let bits = value >> UInt64(place * field.width) & mask
      model.write(field.kind, line: field.first + place, bank: bank, writer: cpu, value: bits)
    }
  }

  func read(
    _ frame: RegisterField.Frame, _ bank: Int, _ offset: UInt32, size: Int, _ found: UInt64, _ cpu: Int,
    _ what: String
  ) throws(Mismatch) {
    guard let field = RegisterField(frame, offset: offset, size: size) else {
      if let fixed = fixed(frame, offset, size: size) { try require(found, is: fixed, what) }
      return
    }
    var rest = found
    for place in 0..<field.count {
      let line = field.first + place
      let bits: UInt64 =
        field.width == 64 ? found : found >> UInt64(place * field.width) & (1 << UInt64(field.width) - 1)
      rest &= ~(field.width == 64 ? .max : (1 << UInt64(field.width) - 1) << UInt64(place * field.width))
      let words = "\(what): \(field.kind) of line \(line)"
      if let expected = model.field(field.kind, line: line, bank: bank, frame: frame) {
        try require(bits, is: expected, words)
        continue
      }
      let isElsewhere = (0..<model.cpus).contains { $0 != cpu && isInHand(line, of: $0) }
      let isAsked = system.cpu(cpu).state.requests.current.rawValue != 0
      let isPending = field.kind == .setPending || field.kind == .clearPending
      let bounds =
        isPending
        ? model.pending(line: line, bank: bank, reader: cpu, isElsewhere: isElsewhere, isAsked: isAsked)
        : model.active(line: line, bank: bank, reader: cpu, isElsewhere: isElsewhere)
      try require(bounds.contains(bits), "\(words): expected \(bounds), found \(bits)")
    }
    try require(rest, is: 0, "\(what): bits beyond the fields")
  }

  /// Registers without fields of lines; nil where there are lines that this access does not reach.
  func fixed(_ frame: RegisterField.Frame, _ offset: UInt32, size: Int) -> UInt64? {
    if size != 4 { return nil }
    if frame != .interruptFrame {
      switch offset {
      case 0: return UInt64(model.groups) | (CPU.isGICv2 ? 0 : 0x50)
      case 4:
        let words = UInt64((TrialLines.own.max() ?? 0) / 32)
        return words | (CPU.isGICv2 ? UInt64(model.cpus - 1) << 5 : 9 << 19 | 1 << 25)
      case 8: return 0x4200_043B
      default: break
      }
    }
    let identification: [UInt32: UInt64] = [
      0xFE8: CPU.isGICv2 ? 0x2B : 0x3B, 0xFF0: 0x0D, 0xFF4: 0xF0, 0xFF8: 0x05, 0xFFC: 0xB1,
    ]
    return CPU.isGICv2 || offset >= 0xF000 ? identification[offset & 0xFFF] ?? 0 : nil
  }

  /// A CPU has a line in a list register or waiting for one.
  func isInHand(_ line: Int, of cpu: Int) -> Bool {
    system.cpu(cpu).own.waiting.contains(UInt32(line))
      || system.cpus[cpu].entries.contains { !$0.isEmpty && $0.line == line }
  }
}
