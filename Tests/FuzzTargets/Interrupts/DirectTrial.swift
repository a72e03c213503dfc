import HypervisorCore
import HypervisorModel
import ImageFormat

/// A domain that takes its interrupts directly does anything with its distributor, its redistributor and its SGIs: the
/// hardware has what the domain may set, all of it and nothing else, and EL2 neither leaves the mode nor wakes anybody.
struct DirectTrial<CPU: AnyModelCPU & Hardware> {
  private static var own: [Int] { [40, 41, 63, 64, 1019] }
  private static var foreign: [Int] { [42, 65, 96] }
  /// SGIs, and the timers' PPIs.
  private static var ownPrivate: [Int] { Array(0..<16) + [27, 30] }
  private static var distributor: UInt64 { 0x0800_0000 }
  private static var redistributor: UInt64 { 0x080A_0000 }

  private var input: InputBytes
  private let system: AnyModelSystem<CPU>
  /// What the hardware has to hold, by INTID: what is enabled while the group is on, and what is pending and active.
  private var enabled: Set<Int> = []
  private var pending: Set<Int> = []
  private var active: Set<Int> = []
  private var isOn = false

  /// Takes one input.
  static func run(_ bytes: [UInt8]) throws {
    var trial = DirectTrial(bytes)
    for _ in 0..<200 where !trial.input.isAtEnd { try trial.step() }
  }

  private init(_ bytes: [UInt8]) {
    input = InputBytes(bytes)
    system = AnyModelSystem<CPU>([
      .init(name: "direct", cpus: 1, lines: Self.own, edges: [41], isDirect: true),
      .init(name: "other", cpus: 2, lines: Self.foreign),
    ])
    system.virtualCPU(0).beginDirectInterrupts()
    system.gic.strays.removeAll()
  }

  private mutating func step() throws(Mismatch) {
    let what: String
    if input.choice(6) == 0 {
      let value: UInt64 = input.bool() ? input.number() : UInt64(input.byte() & 0xF) << 24 | 1
      what = "SGI \(hexadecimal(value))"
      system.virtualCPU(0).sendInterrupts(value)
      send(value)
    } else {
      what = try access()
    }
    try compare(what)
  }

  private mutating func access() throws(Mismatch) -> String {
    let base = input.choice(of: [Self.distributor, Self.redistributor, Self.redistributor + 0x1_0000])
    let offset: UInt64 =
      switch input.choice(3) {
      case 0: UInt64(input.number(UInt16.self))
      case 1: UInt64(input.choice(of: [0x100, 0x180, 0x200, 0x280, 0x300, 0x380])) + UInt64(input.byte() & 0x7C)
      default: 0
      }
    let size = input.choice(of: [4, 4, 4, 1, 8, 2])
    let value: UInt64 = input.bool() ? input.number() : UInt64(input.byte()) &* 0x0101_0101_0101_0101
    let code: UInt32 = size == 1 ? 0 : size == 2 ? 1 : size == 4 ? 2 : 3
    let abort = AbortSyndrome(iss: 1 << 24 | code << 22 | 3 << 16 | 1 << 15 | 1 << 6 | 0x05)
    let console = system.console(0)
    var registers = [UInt64](repeating: 0, count: 32)
    registers[3] = value
    let isEmulated = registers.withUnsafeMutableBufferPointer { buffer in
      guard let first = buffer.baseAddress else { return false }
      return system.virtualCPU(0).emulate(at: base + offset, abort, TrapFrame(first), console: { console })
    }
    let what = "store of \(hexadecimal(value)), \(size) bytes at \(hexadecimal(base + offset))"
    try require(isEmulated, is: offset % UInt64(size) == 0, "\(what): is emulated")
    if isEmulated, size == 4 { write(base, Int(offset), UInt32(truncatingIfNeeded: value)) }
    return what
  }

  private mutating func write(_ base: UInt64, _ offset: Int, _ value: UInt32) {
    if base == Self.distributor, offset == 0 { isOn = value & 2 != 0 }
    let word = offset & 0x7F / 4
    guard (0x100..<0x400).contains(offset), base != Self.redistributor else { return }
    guard base == Self.distributor ? word != 0 : word == 0 else { return }
    let owned = base == Self.distributor ? Self.own : Self.ownPrivate
    for line in owned where line / 32 == word && value & 1 << UInt32(line % 32) != 0 {
      switch offset & ~0x7F {
      case 0x100: enabled.insert(line)
      case 0x180: enabled.remove(line)
      case 0x200: pending.insert(line)
      case 0x280: pending.remove(line)
      case 0x300: active.insert(line)
      default: active.remove(line)
      }
    }
  }

  /// Only what names the domain's one CPU arrives (Arm IHI 0069, 12.2.19): Aff0 0, no other field, not «all but oneself».
  private mutating func send(_ value: UInt64) {
    guard value & (1 << 40) == 0, value & 0x00FF_F0FF_00FF_0000 == 0, value & 1 != 0 else { return }
    pending.insert(Int(value >> 24 & 0xF))
  }

  private func compare(_ what: String) throws(Mismatch) {
    let cpu = system.virtualCPU(0)
    try require(cpu.cpu.own.interfaceControl, is: InterfaceControl.direct, "\(what): ICH_HCR_EL2")
    try require(system.gic.kicks.isEmpty, "\(what): EL2 woke a CPU")
    try require(system.cpus[0].listRegisters.allSatisfy { $0 == 0 }, "\(what): a list register is in use")
    try require(
      system.gic.own.dropFirst().joined().allSatisfy { !$0.enabled && !$0.pending && !$0.active },
      "\(what): lines of another CPU changed")
    for line in 0..<1020 {
      let found = line < 32 ? system.gic.own[0][line] : system.gic.shared[line]
      try require(found.enabled, is: isOn && enabled.contains(line), "\(what): line \(line) enabled")
      try require(found.pending, is: pending.contains(line), "\(what): line \(line) pending")
      try require(found.active, is: active.contains(line), "\(what): line \(line) active")
    }
    let foreign = Self.foreign.first { system.gic.shared[$0].affinity != system.virtualCPU(1).domain.cpu(0).affinity }
    try require(foreign == nil, "\(what): line \(foreign ?? 0) goes elsewhere")
    let priorities =
      Self.own.map { Self.distributor + 0x400 + UInt64($0) }
      + (0..<32).map { ModelGIC.redistributors + 0x1_0400 + UInt64($0) }
    try require(system.gic.strays.allSatisfy(priorities.contains), "\(what): a store to \(system.gic.strays)")
  }
}
