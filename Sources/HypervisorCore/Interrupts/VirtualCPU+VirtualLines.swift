import ImageFormat
import Synchronization

// The lines that EL2 makes for the domain of this CPU. What a list register holds of them is known here alone: whether it
// is a pulse stands in the CPU's own state until the domain has acknowledged it.
extension VirtualCPU {
  /// Lines that EL2 makes, in a word.
  @inline(__always)
  func virtualLines(word: Int) -> UInt32 {
    cpu.own.virtualWord == UInt32(truncatingIfNeeded: word) ? cpu.own.virtualLines : 0
  }

  /// Whether EL2 makes a line.
  func isVirtual(_ line: UInt32) -> Bool { virtualLines(word: Int(line >> 5)) & VirtualLines.bit(line) != 0 }

  /// Pulses a line of this CPU's own domain.
  func pulse(_ line: UInt32) {
    if domain.state.virtualLines.pulse(line) { virtualLineChanged(line) }
  }

  /// Sets the level of a line of this CPU's own domain.
  func setLevel(_ line: UInt32, _ isAsserted: Bool) {
    if domain.state.virtualLines.setLevel(line, isAsserted) { virtualLineChanged(line) }
  }

  /// The CPU that a line goes to has to look at it.
  func virtualLineChanged(_ line: UInt32) { linesChanged(on: domain.state.virtualLines.target(line)) }

  /// Each CPU that one of some lines goes to has to look at them.
  func virtualLinesChanged(_ lines: UInt32) {
    var targets: UInt32 = 0
    var left = lines
    while left != 0 {
      targets |= 1 &<< UInt32(domain.state.virtualLines.target(UInt32(left.trailingZeroBitCount)))
      left &= left &- 1
    }
    for other in 0..<domain.cpuCount where targets & 1 &<< UInt32(other) != 0 { linesChanged(on: other) }
  }

  func setVirtualTarget(_ line: UInt32, _ target: Int) {
    let before = domain.state.virtualLines.target(line)
    domain.state.virtualLines.setTarget(line, target)
    linesChanged(on: before)
    linesChanged(on: target)
  }

  /// The lines that EL2 makes for this CPU, a bit each.
  var virtualLinesHere: UInt32 {
    var here: UInt32 = 0
    var left = cpu.own.virtualLines
    while left != 0 {
      let line = UInt32(left.trailingZeroBitCount)
      if domain.state.virtualLines.target(line) == index { here |= VirtualLines.bit(line) }
      left &= left &- 1
    }
    return here
  }

  /// Looks at a list register that holds one of these lines: takes it back if it may not be signalled here any more.
  ///
  /// - Returns: the line's bit if the register goes on holding it.
  func reviewVirtual(_ entry: ListRegister, in register: Int) -> UInt32 {
    let bit = VirtualLines.bit(entry.line)
    if !entry.isOnlyPending { cpu.own.pulses &= ~bit }
    if entry.isActive { return bit }
    let isAsserted = (domain.state.virtualLines.asserted | cpu.own.pulses) & bit != 0
    let target = domain.state.virtualLines.target(entry.line)
    if entry.isPending, isAsserted, target == index, isDeliverable(entry.line) { return bit }
    hardware.setListRegister(register, 0)
    putBack(bit)
    if entry.isPending, isAsserted, target != index { ask(target, .lines) }
    return 0
  }

  /// Those that are asserted and that no list register holds wait; after their end they are looked at again.
  func lookAtVirtualLines(held: UInt32) {
    let asserted = domain.state.virtualLines.asserted & cpu.own.virtualLines & ~held
    let due = asserted == 0 ? 0 : asserted & virtualLinesHere
    let word = Int(cpu.own.virtualWord) & 31
    cpu.own.waiting.insert(word: word, due)
    cpu.own.waiting.remove(word: word, cpu.own.virtualLines & ~due)
  }

  /// A list register took a line: if that was a pulse, nobody else has it any more.
  func virtualLinePlaced(_ line: UInt32) {
    cpu.own.pulses |= domain.state.virtualLines.take(VirtualLines.bit(line))
  }

  /// List registers gave lines back that were not acknowledged.
  func putBack(_ bits: UInt32) {
    let pulses = cpu.own.pulses & bits
    if pulses == 0 { return }
    cpu.own.pulses &= ~pulses
    domain.state.virtualLines.putBack(pulses)
  }
}
