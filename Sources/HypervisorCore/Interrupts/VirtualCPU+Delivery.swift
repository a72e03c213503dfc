import ImageFormat
import Synchronization

// How interrupts reach the domain: list registers, and a set of waiting lines behind the maintenance interrupt when
// they are full. A line is never in two list registers.
extension VirtualCPU {
  /// The physical interrupt of a line of this domain was acknowledged on this CPU. Its end by the domain deactivates it.
  public func deliver(_ line: UInt32) {
    if hardware.emptyListRegisters == allListRegisters, cpu.own.waiting.isEmpty {
      hardware.setListRegister(0, entry(line).rawValue)
    } else {
      cpu.own.waiting.insert(line)
      synchronize()
    }
  }

  /// SGIs become pending on this CPU.
  public func raise(softwareInterrupts bits: UInt32) {
    cpu.own.waiting.insert(word: 0, bits & 0xFFFF)
    synchronize()
  }

  /// Brings the list registers in line with what the domain has enabled and what is pending: takes back what may not be
  /// signalled any more and fills what is free, the most urgent first.
  public func synchronize() {
    clearEnded()
    lookAtConsole()
    takeBack()
    // Each round places one line for good, but for at most one exchange a register.
    for _ in 0..<(2 * cpu.own.listRegisterCount) {
      guard let line = mostUrgentWaiting(), place(line) else { break }
    }
    setMaintenance()
  }

  var allListRegisters: UInt32 { (1 &<< cpu.own.listRegisterCount) &- 1 }

  func listRegister(_ index: UInt32) -> ListRegister { ListRegister(rawValue: hardware.listRegister(Int(index))) }

  /// The list register that holds a line.
  func holder(of line: UInt32) -> UInt32? {
    for index in 0..<cpu.own.listRegisterCount {
      let entry = listRegister(index)
      if !entry.isEmpty, entry.line == line { return index }
    }
    return nil
  }

  /// Empties list registers whose interrupt has ended and asked to be told, which ends the maintenance interrupt.
  func clearEnded() {
    for index in 0..<cpu.own.listRegisterCount {
      let entry = listRegister(index)
      if entry.isEmpty, entry.rawValue != 0 {
        if isConsole(entry.line), entry.tellsEnd { domain.state.consolePended.store(0, ordering: .relaxed) }
        hardware.setListRegister(Int(index), 0)
      }
    }
  }

  /// The console's line waits while it is asserted and not in a list register; after its end it is looked at again.
  func lookAtConsole() {
    let line = domain.record.consoleINTID
    guard isConsole(line) else { return }
    let isMine = domain.state.consoleTarget.load(ordering: .relaxed) == UInt32(truncatingIfNeeded: index)
    if let index = holder(of: line) {
      let entry = listRegister(index)
      if entry.isActive { domain.state.consolePended.store(0, ordering: .relaxed) }
      if entry.isOnlyPending, !(isMine && consoleIsAsserted) { hardware.setListRegister(Int(index), 0) }
    } else if isMine, consoleIsAsserted {
      cpu.own.waiting.insert(line)
    } else {
      cpu.own.waiting.remove(line)
    }
  }

  /// The UART asserts its line, or the domain made it pending.
  var consoleIsAsserted: Bool {
    domain.state.consoleLevel.load(ordering: .relaxed) | domain.state.consolePended.load(ordering: .relaxed) != 0
  }

  /// Takes lines back that are pending in a list register and not enabled any more.
  func takeBack() {
    for index in 0..<cpu.own.listRegisterCount {
      let entry = listRegister(index)
      if entry.isOnlyPending, !isDeliverable(entry.line) {
        hardware.setListRegister(Int(index), 0)
        cpu.own.waiting.insert(entry.line)
      }
    }
  }

  /// The waiting line of the highest priority (the lowest value, then the lowest number) that can be placed.
  func mostUrgentWaiting() -> UInt32? {
    guard groupIsEnabled else { return nil }
    var best: UInt32?
    var bestPriority: UInt8 = 0xFF
    var words = cpu.own.waiting.wordsWithLines
    while words != 0 {
      let word = words.trailingZeroBitCount
      words &= words &- 1
      var bits = cpu.own.waiting[word: word] & enabled(word: word)
      while bits != 0 {
        let line = UInt32(truncatingIfNeeded: word &* 32 &+ bits.trailingZeroBitCount)
        bits &= bits &- 1
        let priority = priority(line)
        if best == nil || priority < bestPriority, !mustWaitForEnd(line) {
          best = line
          bestPriority = priority
        }
      }
    }
    return best
  }

  /// A hardware line that is already active in a list register cannot be pending there too (IHI 0069, 12.4.4), so it
  /// waits for the end. This happens only to a domain that deactivated the line behind its handler's back.
  func mustWaitForEnd(_ line: UInt32) -> Bool {
    guard line >= 16, !isConsole(line), let index = holder(of: line) else { return false }
    var entry = listRegister(index)
    guard entry.isActive else { return false }
    if entry.isHardware {
      // The physical interrupt is active for the new occurrence. The end of the old one must not deactivate it, but
      // has to be known.
      entry.rawValue = entry.rawValue & ~(1 << 61 | 0x1FFF << 32) | 1 << 41
      hardware.setListRegister(Int(index), entry.rawValue)
    }
    return true
  }

  /// Puts a waiting line into a list register; false if all of them hold lines that are as urgent.
  func place(_ line: UInt32) -> Bool {
    let new = entry(line)
    var free: UInt32?
    var leastUrgent: UInt32?
    var leastPriority = new.priority
    for index in 0..<cpu.own.listRegisterCount {
      var entry = listRegister(index)
      if entry.isEmpty {
        free = index
      } else if entry.line == line {
        // A software interrupt again, or a hardware line that was not acknowledged yet: one register stays enough.
        entry.rawValue |= 1 << 62
        hardware.setListRegister(Int(index), entry.rawValue)
        cpu.own.waiting.remove(line)
        return true
      } else if entry.isOnlyPending, entry.priority > leastPriority {
        leastUrgent = index
        leastPriority = entry.priority
      }
    }
    if let free {
      hardware.setListRegister(Int(free), new.rawValue)
    } else if let leastUrgent {
      cpu.own.waiting.insert(listRegister(leastUrgent).line)
      hardware.setListRegister(Int(leastUrgent), new.rawValue)
    } else {
      return false
    }
    cpu.own.waiting.remove(line)
    return true
  }

  /// Asks for the maintenance interrupt while a line waits that could be placed: as soon as no register is pending, or,
  /// when all of them are active already, as soon as most are empty.
  func setMaintenance() {
    var control = InterfaceControl.enabled
    if mostUrgentWaiting() != nil {
      var anyPending = false
      for index in 0..<cpu.own.listRegisterCount where listRegister(index).isPending { anyPending = true }
      control |= anyPending ? InterfaceControl.whenNonePending : InterfaceControl.whenNearlyEmpty
    }
    if cpu.own.interfaceControl != control {
      cpu.own.interfaceControl = control
      hardware.setInterfaceControl(control)
    }
    let mine: UInt32 = 1 &<< UInt32(truncatingIfNeeded: index)
    let isMarked = domain.state.waitingCPUs.load(ordering: .relaxed) & mine != 0
    if cpu.own.waiting.isEmpty == isMarked {
      if isMarked {
        domain.state.waitingCPUs.bitwiseAnd(~mine, ordering: .relaxed)
      } else {
        domain.state.waitingCPUs.bitwiseOr(mine, ordering: .relaxed)
      }
    }
  }
}
