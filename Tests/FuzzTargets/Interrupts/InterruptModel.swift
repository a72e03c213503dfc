/// A domain's interrupt controller: for each line what the architecture says of it (Arm IHI 0069, Arm IHI 0048).
struct InterruptModel {
  let isGICv2: Bool
  let cpus: Int
  let console: Int
  /// SPIs by INTID.
  var shared = [ModelLine](repeating: ModelLine(), count: 1024)
  /// SGIs and PPIs of each CPU.
  var own: [[ModelLine]]
  /// GICD_CTLR, bits 1:0.
  var groups: UInt32 = 0

  init(isGICv2: Bool, cpus: Int, lines: [Int], edges: [Int], console: Int, timers: [Int]) {
    self.isGICv2 = isGICv2
    self.cpus = cpus
    self.console = console
    for line in lines + [console] {
      shared[line].isOwn = true
      shared[line].isPhysical = line != console
      shared[line].isEdge = edges.contains(line)
    }
    var banked = [ModelLine](repeating: ModelLine(), count: 32)
    for line in Array(0..<16) + timers {
      banked[line].isOwn = true
      banked[line].isPhysical = line >= 16
    }
    own = (0..<cpus).map { cpu in
      banked.map { line in
        var line = line
        line.targets = CPUSet(cpu)
        line.pastTargets = CPUSet(cpu)
        return line
      }
    }
  }

  /// Interrupts reach the domain: its lines are Group 1, on a GICv2 Group 0.
  var isGroupEnabled: Bool { groups >> (isGICv2 ? 0 : 1) & 1 == 1 }

  /// A line as a CPU has it.
  subscript(_ line: Int, _ cpu: Int) -> ModelLine {
    get { line < 32 ? own[cpu][line] : shared[line] }
    set { if line < 32 { own[cpu][line] = newValue } else { shared[line] = newValue } }
  }

  /// Whether a line has to be delivered to a CPU, and to no other.
  func isOwed(_ line: Int, to cpu: Int) -> Bool {
    let state = self[line, cpu]
    return state.isOwn && state.isEnabled && isGroupEnabled && (state.level || state.isDue)
      && state.targets == CPUSet(cpu)
      && state.handlers.isEmpty && !state.isForced
  }

  /// Changes a line's field as a write does.
  ///
  /// - Parameters:
  ///   - bank: the CPU whose SGIs and PPIs are meant.
  ///   - writer: the CPU that writes.
  mutating func write(_ kind: RegisterField.Kind, line: Int, bank: Int, writer: Int, value: UInt64) {
    guard self[line, bank].isOwn else { return }
    let isSGI = line < 16
    switch kind {
    case .group, .configuration: return
    case .setEnable: if value != 0 { self[line, bank].isEnabled = true }
    case .clearEnable: if value != 0 { self[line, bank].isEnabled = false }
    case .setPending:
      if value == 0 || isSGI && isGICv2 { return }
      self[line, bank].becomesDue()
    case .clearPending: if value != 0, !(isSGI && isGICv2) { clearPending(line, bank) }
    case .setActive:
      if value != 0, self[line, bank].isPhysical {
        self[line, bank].isForced = true
        self[line, bank].isDisturbed = true
      }
    case .clearActive: if value != 0 { clearActive(line, bank, writer) }
    case .priority:
      if self[line, bank].priority != UInt8(value & 0xF8) { self[line, bank].isDisturbed = true }
      self[line, bank].priority = UInt8(value & 0xF8)
    case .targets:
      if line < 32 || cpus == 1 { return }
      let named = Self.interfaces(value).among(.first(cpus))
      if line != console {
        send(line, to: named)
      } else if let lowest = named.lowest {
        send(line, to: CPUSet(lowest))
      }
    case .route:
      let target = value & 0xFF_00FF_FFFF
      if line >= 32, target < UInt64(cpus) { send(line, to: CPUSet(Int(target))) }
    case .clearSenders: self[line, bank].senders.remove(Self.interfaces(value))
    case .setSenders: self[line, bank].senders.insert(Self.interfaces(value).among(.first(cpus)))
    }
  }

  /// A byte with a bit for each CPU interface.
  static func interfaces(_ value: UInt64) -> CPUSet { CPUSet(bits: UInt32(value & 0xFF)) }

  /// With one CPU nothing is under way elsewhere, so that nothing is left of it.
  private mutating func clearPending(_ line: Int, _ bank: Int) {
    self[line, bank].isDue = false
    if cpus == 1 { self[line, bank].credit = 0 }
  }

  private mutating func clearActive(_ line: Int, _ bank: Int, _ writer: Int) {
    if !self[line, bank].handlers.isEmpty || self[line, bank].isForced || cpus > 1 {
      self[line, bank].isDisturbed = true
    }
    self[line, bank].isForced = false
    if bank == writer || line >= 32 { self[line, bank].handlers.remove(writer) }
  }

  private mutating func send(_ line: Int, to cpus: CPUSet) {
    shared[line].targets = cpus
    shared[line].pastTargets.insert(cpus)
  }
}
