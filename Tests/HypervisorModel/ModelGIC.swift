import HypervisorCore

/// A physical GICv3 or GICv2 as simple as it can be: every line is a value, and every store says which lines it changes.
package final class ModelGIC {
  package struct Line {
    package var enabled = false
    package var pending = false
    package var active = false
    package var level = false
    /// GICv3: the CPU that it goes to.
    package var affinity: UInt64 = 0
    /// GICv2: the CPU interfaces that it goes to.
    package var targets: UInt8 = 0
  }

  package static let distributor: UInt64 = 0x0800_0000
  package static let redistributors: UInt64 = 0x080A_0000

  /// SPIs by INTID; the first 32 are unused.
  package var shared = [Line](repeating: Line(), count: 1024)
  /// SGIs and PPIs of each CPU.
  package var own: [[Line]]
  /// SPIs that a store was about, since last cleared.
  package var touchedShared: Set<Int> = []
  /// PPIs that a store was about: CPU × 32 + INTID.
  package var touchedOwn: Set<Int> = []
  /// Stores to places that the emulation has no business with.
  package var strays: [UInt64] = []
  /// Affinities that EL2's SGI went to.
  package var kicks: [UInt64] = []
  package var other: [UInt64: UInt32] = [:]

  package let isGICv2: Bool

  package init(cpus: Int, isGICv2: Bool) {
    self.isGICv2 = isGICv2
    own = [[Line]](repeating: [Line](repeating: Line(), count: 32), count: cpus)
  }

  /// The bit of a CPU in the target masks of a GICv2: deliberately unlike its number.
  package static func interfaceMask(_ cpu: Int) -> UInt8 { 1 << UInt8((cpu * 3 + 1) % 8) }

  private enum Place {
    case shared(register: UInt64, word: Int)
    case own(cpu: Int, register: UInt64)
    case route(line: Int)
    case targets(line: Int)
    case elsewhere
  }

  private func place(_ address: UInt64, cpu: Int) -> Place {
    let offset = address &- Self.distributor
    if isGICv2 {
      if (0x100..<0x400).contains(offset), offset & 0x7F == 0 { return .own(cpu: cpu, register: offset) }
      if (0x820..<0xBFC).contains(offset) { return .targets(line: Int(offset - 0x800)) }
    }
    if (0x100..<0x400).contains(offset) { return .shared(register: offset & ~0x7F, word: Int(offset & 0x7F) / 4) }
    if !isGICv2, (0x6100..<0x7FE0).contains(offset), offset % 8 == 0 { return .route(line: Int(offset - 0x6000) / 8) }
    let frame = address &- Self.redistributors
    let cpu = Int(frame / 0x2_0000)
    let inFrame = frame % 0x2_0000
    if !isGICv2, frame < UInt64(own.count) * 0x2_0000, (0x1_0100..<0x1_0400).contains(inFrame), inFrame & 0x7F == 0 {
      return .own(cpu: cpu, register: inFrame - 0x1_0000)
    }
    return .elsewhere
  }

  package func load32(_ address: UInt64, cpu: Int) -> UInt32 {
    switch place(address, cpu: cpu) {
    case .shared(let register, let word):
      var bits: UInt32 = 0
      for bit in 0..<32 where Self.shows(shared[word * 32 + bit], register) { bits |= 1 << UInt32(bit) }
      return bits
    case .own(let cpu, let register):
      var bits: UInt32 = 0
      for bit in 0..<32 where Self.shows(own[cpu][bit], register) { bits |= 1 << UInt32(bit) }
      return bits
    case .targets(let line):
      return (0..<4).reduce(0) { $0 | UInt32(shared[line & ~3 + $1].targets) << UInt32($1 * 8) }
    case .route, .elsewhere: return other[address] ?? 0
    }
  }

  private static func shows(_ line: Line, _ register: UInt64) -> Bool {
    switch register {
    case 0x100, 0x180: line.enabled
    case 0x200, 0x280: line.pending || line.level
    default: line.active
    }
  }

  package func store32(_ address: UInt64, _ value: UInt32, cpu: Int) {
    switch place(address, cpu: cpu) {
    case .shared(let register, let word):
      for bit in 0..<32 where value & (1 << UInt32(bit)) != 0 {
        touchedShared.insert(word * 32 + bit)
        Self.change(&shared[word * 32 + bit], register)
      }
    case .own(let cpu, let register):
      for bit in 0..<32 where value & (1 << UInt32(bit)) != 0 {
        touchedOwn.insert(cpu * 32 + bit)
        Self.change(&own[cpu][bit], register)
      }
    case .route, .targets, .elsewhere:
      strays.append(address)
      other[address] = value
    }
  }

  private static func change(_ line: inout Line, _ register: UInt64) {
    switch register {
    case 0x100: line.enabled = true
    case 0x180: line.enabled = false
    case 0x200: line.pending = true
    case 0x280: line.pending = false
    case 0x300: line.active = true
    default: line.active = false
    }
  }

  package func store8(_ address: UInt64, _ value: UInt8) {
    if case .targets(let line) = place(address, cpu: 0) {
      touchedShared.insert(line)
      shared[line].targets = value
    } else {
      strays.append(address)
    }
  }

  package func load64(_ address: UInt64) -> UInt64 {
    if case .route(let line) = place(address, cpu: 0) { return shared[line].affinity }
    return 0
  }

  package func store64(_ address: UInt64, _ value: UInt64) {
    if case .route(let line) = place(address, cpu: 0) {
      touchedShared.insert(line)
      shared[line].affinity = value
    } else {
      strays.append(address)
    }
  }

  /// Acknowledges the physical interrupt that a CPU would take next; nil if there is none.
  package func acknowledge(cpu: Int, affinity: UInt64) -> UInt32? {
    for line in 16..<32 where Self.isSignalled(own[cpu][line]) {
      own[cpu][line].active = true
      own[cpu][line].pending = false
      return UInt32(line)
    }
    for line in 32..<1020 where Self.isSignalled(shared[line]) && goes(shared[line], to: cpu, affinity: affinity) {
      shared[line].active = true
      shared[line].pending = false
      return UInt32(line)
    }
    return nil
  }

  private func goes(_ line: Line, to cpu: Int, affinity: UInt64) -> Bool {
    isGICv2 ? line.targets & Self.interfaceMask(cpu) != 0 : line.affinity == affinity
  }

  private static func isSignalled(_ line: Line) -> Bool { line.enabled && (line.pending || line.level) && !line.active }

  /// What the end of a hardware interrupt in a list register does.
  package func deactivate(_ line: UInt32, cpu: Int) {
    if line < 32 { own[cpu][Int(line)].active = false } else { shared[Int(line)].active = false }
  }
}
