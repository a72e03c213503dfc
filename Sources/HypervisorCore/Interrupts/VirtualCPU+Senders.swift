import ImageFormat
import Synchronization

// GICv2: an SGI is pending once for each CPU that sent it (Arm IHI 0048, 4.3.14), and whoever acknowledges it learns
// which. The senders wait in GICD_SPENDSGIR until a list register takes one. An SGI among the waiting lines has senders.
extension VirtualCPU {
  /// A write to GICD_SGIR.
  public func sendInterrupts(gicv2 value: UInt32) {
    send(SGIRequest(gicv2: value, sender: index, cpuCount: domain.cpuCount))
  }

  /// Makes an SGI from this CPU to itself pending at once if nothing is in its way; otherwise nothing has happened.
  @inline(__always)
  func raiseOwn(_ line: UInt32) -> Bool {
    guard isDeliverable(line), hardware.emptyListRegisters == cpu.own.listRegisters, cpu.own.waiting.isEmpty else {
      return false
    }
    var new = ListRegister(pending: line, priority: priority(line), isHardware: false, tellsEnd: false)
    new.source = UInt32(truncatingIfNeeded: index)
    hardware.setListRegister(0, new.rawValue)
    return true
  }

  /// The senders of an SGI to this CPU that no list register has, one bit each.
  func senders(of line: UInt32) -> UInt32 {
    cpu.state.redistributor.senders[Int(line >> 2) & 3].load(ordering: .relaxed) >> ((line & 3) * 8) & 0xFF
  }

  /// The sender that is next; 0 if there is none.
  func firstSender(_ line: UInt32) -> UInt32 { UInt32(truncatingIfNeeded: senders(of: line).trailingZeroBitCount) & 7 }

  /// The sender if it is only one.
  @inline(__always)
  func onlySender(_ line: UInt32) -> UInt32? {
    let senders = senders(of: line)
    return senders != 0 && senders & (senders &- 1) == 0
      ? UInt32(truncatingIfNeeded: senders.trailingZeroBitCount) : nil
  }

  /// Those of 16 lines that have senders which no list register has pending already: that is pending once.
  func newLinesWithSenders(_ lines: UInt32) -> UInt32 {
    for index in 0..<cpu.own.listRegisters.nonzeroBitCount {
      let entry = listRegister(index)
      if entry.isPending, entry.line < 16 { forgetSender(of: entry) }
    }
    return linesWithSenders(lines)
  }

  /// Those of 16 lines that have senders.
  func linesWithSenders(_ lines: UInt32) -> UInt32 {
    var found: UInt32 = 0
    for line in UInt32(0)..<16 where senders(of: line) != 0 { found |= 1 << line }
    return lines & found
  }

  func addSender(_ sender: UInt32, of line: UInt32, to target: Int) {
    domain.cpu(target).shared.redistributor.senders[Int(line >> 2) & 3]
      .bitwiseOr(Self.senderBit(sender, line), ordering: .relaxed)
  }

  /// A list register took an SGI of one sender.
  func forgetSender(of entry: ListRegister) {
    cpu.state.redistributor.senders[Int(entry.line >> 2) & 3]
      .bitwiseAnd(~Self.senderBit(entry.source, entry.line), ordering: .relaxed)
  }

  /// The CPU has been turned on: what was sent before is gone.
  func forgetSenders() {
    for word in 0..<4 { cpu.state.redistributor.senders[word].store(0, ordering: .relaxed) }
  }

  static func senderBit(_ sender: UInt32, _ line: UInt32) -> UInt32 { 1 &<< ((line & 3) &* 8 &+ sender & 31) }

  /// GICD_SPENDSGIR and GICD_CPENDSGIR of the four SGIs of a word, those in list registers included.
  func pendingSenders(word: Int) -> UInt32 {
    var bits = cpu.state.redistributor.senders[word].load(ordering: .relaxed)
    for index in 0..<cpu.own.listRegisters.nonzeroBitCount {
      let entry = listRegister(index)
      if entry.isPending, Int(entry.line >> 2) == word { bits |= Self.senderBit(entry.source, entry.line) }
    }
    return bits
  }

  /// GICD_SPENDSGIR: SGIs become pending here as if CPUs of the domain had sent them.
  func setSenders(word: Int, _ value: UInt32) {
    let everyone: UInt32 = (1 &<< UInt32(truncatingIfNeeded: domain.cpuCount)) &- 1
    let new = value & ((everyone & 0xFF) &* 0x0101_0101)
    cpu.state.redistributor.senders[word].bitwiseOr(new, ordering: .relaxed)
    wait(softwareInterrupts: 0xF << UInt32(word * 4))
  }

  /// GICD_CPENDSGIR.
  func clearSenders(word: Int, _ value: UInt32) {
    cpu.state.redistributor.senders[word].bitwiseAnd(~value, ordering: .relaxed)
    let lines: UInt32 = 0xF << UInt32(word * 4)
    cpu.own.waiting.remove(word: 0, lines & ~linesWithSenders(lines))
    for index in 0..<cpu.own.listRegisters.nonzeroBitCount {
      var entry = listRegister(index)
      if entry.isPending, Int(entry.line >> 2) == word, value & Self.senderBit(entry.source, entry.line) != 0 {
        entry.rawValue &= ~(1 << 62)
        hardware.setListRegister(index, entry.isEmpty ? 0 : entry.rawValue)
      }
    }
    synchronize()
  }
}
