import HypervisorCore
import HypervisorModel
import ImageFormat
import Synchronization

/// A domain that does anything with its interrupt controller while devices do anything with their lines, beside another
/// domain that must not notice.
///
/// After every step the machine may have been touched only where it is the domain's. Whenever the trial lets the domain
/// come to rest, every interrupt has to be delivered that the architecture owes it, once, on the right CPU, in the order
/// of priorities.
struct InterruptTrial<CPU: AnyModelCPU & Hardware> {
  let system: AnyModelSystem<CPU>
  let neighbour: [UInt8]
  var model: InterruptModel
  var input: InputBytes
  /// Lines that a CPU has acknowledged and not ended, in order.
  var handled: [[Int]]
  /// What was done, in words; nil unless it is wanted, because words take long.
  var history: [String]?

  /// A mismatch is found again to tell what led to it.
  @Sendable static func run(_ bytes: [UInt8]) throws {
    var trial = InterruptTrial(InputBytes(bytes))
    do {
      try trial.act()
    } catch {
      var again = InterruptTrial(InputBytes(bytes))
      again.history = []
      do { try again.act() } catch { throw Mismatch("\(again.story)\n\(error)") }
      throw error
    }
  }

  var story: String {
    "\(model.cpus) CPUs with \(system.cpus[0].listRegisters.count) list registers:\n"
      + (history ?? []).map { "  \($0)" }.joined(separator: "\n")
  }

  mutating func note(_ words: @autoclosure () -> String) { if history != nil { history?.append(words()) } }

  mutating func act() throws(Mismatch) {
    while !input.isAtEnd { try step() }
    try rest()
  }

  init(_ bytes: InputBytes) {
    var input = bytes
    let cpus = input.choice(of: [1, 2, 3, 8])
    system = AnyModelSystem(
      [
        .init(
          name: "a", cpus: cpus, lines: TrialLines.own, edges: TrialLines.edges, console: UInt32(TrialLines.console)),
        .init(name: "b", cpus: 1, lines: TrialLines.foreign, edges: [42], console: 66),
      ], listRegisters: 2 + input.choice(4))
    model = InterruptModel(
      isGICv2: CPU.isGICv2, cpus: cpus, lines: TrialLines.own, edges: TrialLines.edges, console: TrialLines.console,
      timers: TrialLines.timers)
    handled = Array(repeating: [], count: cpus)
    neighbour = Self.bytes(of: system, domain: 1)
    self.input = input
  }

  /// A domain's state at EL2.
  static func bytes(of system: AnyModelSystem<CPU>, domain: UInt32) -> [UInt8] {
    let address = UInt(system.partition.domainHandle(domain).record.state)
    return Array(
      UnsafeRawBufferPointer(start: UnsafeRawPointer(bitPattern: address), count: MemoryLayout<DomainState>.size))
  }

  var domain: DomainHandle { system.partition.domainHandle(0) }

  mutating func step() throws(Mismatch) {
    let cpu = input.choice(model.cpus)
    switch input.choice(16) {
    case 0...5: try access(cpu)
    case 6: try sendInterrupts(cpu)
    case 7: moveLine()
    case 8: try takePhysical(cpu)
    case 9: try acknowledge(cpu)
    case 10: if let line = handled[cpu].popLast() { end(line, cpu) }
    case 11: if !handled[cpu].isEmpty { end(handled[cpu].removeFirst(), cpu) }
    case 12: answer(cpu)
    case 13: maintain(cpu)
    case 14: receive()
    default: try rest()
    }
    followConsole()
    try compare()
  }

  /// A device asserts its line, ceases to, or pulses it.
  mutating func moveLine() {
    let cpu = input.choice(model.cpus)
    let isForeign = input.choice(4) == 0
    let line = input.choice(of: isForeign ? TrialLines.foreign : TrialLines.own + TrialLines.timers)
    let kind = input.choice(3)
    note("the device of line \(line), CPU \(cpu): \(["ceases", "asserts", "pulses"][kind])")
    if line < 32 {
      // Timers assert levels.
      system.gic.own[cpu][line].level = kind != 0
      model.own[cpu][line].setLevel(kind != 0)
    } else if kind == 2 {
      system.gic.shared[line].pending = true
      if !isForeign { model.shared[line].becomesDue() }
    } else if !isForeign, model.shared[line].isEdge {
      return
    } else {
      system.gic.shared[line].level = kind == 1
      if !isForeign { model.shared[line].setLevel(kind == 1) }
    }
  }

  /// A byte for the domain's UART, of which the CPU that has the console's interrupt is told.
  mutating func receive() {
    note("a byte for the console")
    if domain.state.input.append(input.byte()) { domain.state.input.publish() }
    let target = domain.state.virtualLines.target(UInt32(TrialLines.console))
    domain.cpu(target).shared.requests.add(.console)
  }

  /// What the UART does with its line.
  mutating func followConsole() { model.shared[TrialLines.console].setLevel(domain.locked.uart.interrupt) }

  mutating func answer(_ cpu: Int) {
    let requests = system.cpu(cpu).state.requests.take()
    if requests.rawValue == 0 { return }
    note("CPU \(cpu) answers requests \(hexadecimal(requests.rawValue))")
    system.virtualCPU(cpu).answer(requests)
  }

  /// The maintenance interrupt, if its condition holds.
  mutating func maintain(_ cpu: Int) {
    if !system.cpus[cpu].maintenance { return }
    note("CPU \(cpu) gets the maintenance interrupt")
    system.virtualCPU(cpu).synchronize()
  }

  /// Nothing but the domain's own lines and CPUs was touched, and the neighbour is as it was.
  mutating func compare() throws(Mismatch) {
    let gic = system.gic
    try require(
      gic.strays.isEmpty, "stored outside the GIC's registers of lines, at \(gic.strays.map { hexadecimal($0) })")
    for line in gic.touchedShared where !TrialLines.own.contains(line) {
      throw Mismatch("touched SPI \(line), which is not the domain's")
    }
    for place in gic.touchedOwn where place / 32 >= model.cpus || !TrialLines.timers.contains(place % 32) {
      throw Mismatch("touched PPI \(place % 32) of CPU \(place / 32)")
    }
    for affinity in gic.kicks where !(0..<model.cpus).contains(where: { ModelSystem.affinity($0) == affinity }) {
      throw Mismatch("kicked the CPU with affinity \(hexadecimal(affinity)), which is not the domain's")
    }
    gic.kicks.removeAll()
    gic.touchedShared.removeAll()
    gic.touchedOwn.removeAll()
    try require(system.cpu(model.cpus).state.requests.current.rawValue, is: 0, "asked another domain's CPU")
    for cpu in 0..<model.cpus { try compareListRegisters(cpu) }
  }

  /// A list register holds a line of the domain; a CPU has each line once.
  func compareListRegisters(_ cpu: Int) throws(Mismatch) {
    var seen: Set<UInt32> = []
    for entry in system.cpus[cpu].entries where !entry.isEmpty {
      let what = "list registers of CPU \(cpu): line \(entry.line)"
      try require(entry.line < 1020 && model[Int(entry.line), cpu].isOwn, "\(what) is not the domain's")
      try require(seen.insert(entry.line).inserted, "\(what) twice")
      try require(
        !entry.isHardware || model[Int(entry.line), cpu].isPhysical, "\(what) would end a physical interrupt")
      if entry.isHardware {
        try require(entry.rawValue >> 32 & 0x1FFF, is: UInt64(entry.line), "\(what) ends another physical line")
      }
    }
  }
}
