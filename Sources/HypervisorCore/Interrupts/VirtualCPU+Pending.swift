import ImageFormat
import Synchronization

// Pending and active state of SPIs. The hardware holds it for physical lines, but for one that EL2 has acknowledged and
// the domain has not: physically active, to the domain still pending. What other CPUs have in their list registers
// cannot be seen; such a line shows as active.
extension VirtualCPU {
  /// Lines of a word that wait here or are pending in a list register here.
  func pendingHere(word: Int) -> UInt32 {
    var bits = cpu.own.waiting[word: word]
    for index in 0..<cpu.own.listRegisters.nonzeroBitCount {
      let entry = listRegister(index)
      if entry.isPending, Int(entry.line >> 5) == word { bits |= 1 &<< (entry.line & 31) }
    }
    return bits
  }

  /// Lines of a word that are active in a list register here.
  func activeHere(word: Int) -> UInt32 {
    var bits: UInt32 = 0
    for index in 0..<cpu.own.listRegisters.nonzeroBitCount {
      let entry = listRegister(index)
      if entry.isActive, Int(entry.line >> 5) == word { bits |= 1 &<< (entry.line & 31) }
    }
    return bits
  }

  /// ISPENDR.
  func pending(word: Int) -> UInt32 {
    var bits = loadPhysical(DistributorRegister.setPending, word: word) | pendingHere(word: word)
    bits |= domain.state.virtualLines.asserted & virtualLines(word: word)
    return bits & lines(word: word)
  }

  /// ISACTIVER.
  func active(word: Int) -> UInt32 {
    let physical = loadPhysical(DistributorRegister.setActive, word: word) & ~pendingHere(word: word)
    return (physical | activeHere(word: word)) & lines(word: word)
  }

  func setPending(word: Int, _ value: UInt32) {
    storePhysical(DistributorRegister.setPending, word: word, value)
    var pulsed = value & virtualLines(word: word)
    while pulsed != 0 {
      pulse(UInt32(pulsed.trailingZeroBitCount))
      pulsed &= pulsed &- 1
    }
  }

  func clearPending(word: Int, _ value: UInt32) {
    // Before the rest, which would find those lines pending and let them wait again.
    let pulsed = value & virtualLines(word: word)
    if pulsed != 0 {
      _ = domain.state.virtualLines.take(pulsed)
      cpu.own.pulses &= ~pulsed
    }
    forget(word: word, value & lines(word: word)) { bits in
      storePhysical(DistributorRegister.clearActive, word: word, bits)
    }
    storePhysical(DistributorRegister.clearPending, word: word, value)
  }

  /// Drops lines that wait here or are only pending here; `deactivate` gets those that were, as the hardware holds
  /// physical ones active.
  func forget(word: Int, _ bits: UInt32, deactivate: (UInt32) -> Void) {
    var dropped = cpu.own.waiting[word: word] & bits
    cpu.own.waiting.remove(word: word, dropped)
    for index in 0..<cpu.own.listRegisters.nonzeroBitCount {
      let entry = listRegister(index)
      let bit: UInt32 = 1 &<< (entry.line & 31)
      if entry.isOnlyPending, Int(entry.line >> 5) == word, bits & bit != 0 {
        hardware.setListRegister(index, 0)
        dropped |= bit
      }
    }
    if dropped != 0 {
      deactivate(dropped)
      synchronize()
    }
  }

  /// ICACTIVER. A line that is only pending to the domain stays as it is.
  func clearActive(word: Int, _ value: UInt32) {
    let bits = value & lines(word: word)
    deactivateHere(word: word, bits)
    storePhysical(DistributorRegister.clearActive, word: word, bits & ~pendingHere(word: word))
  }

  /// Takes the active state of lines out of the list registers here.
  func deactivateHere(word: Int, _ bits: UInt32) {
    var changed = false
    for index in 0..<cpu.own.listRegisters.nonzeroBitCount {
      var entry = listRegister(index)
      if entry.isActive, Int(entry.line >> 5) == word, bits & (1 &<< (entry.line & 31)) != 0 {
        entry.rawValue &= ~(1 << 63)
        hardware.setListRegister(index, entry.isEmpty ? 0 : entry.rawValue)
        if isVirtual(entry.line) { cpu.own.pulses &= ~VirtualLines.bit(entry.line) }
        changed = true
      }
    }
    if changed { synchronize() }
  }
}
