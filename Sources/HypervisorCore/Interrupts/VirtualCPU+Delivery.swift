import ImageFormat
import Synchronization

// How interrupts reach the domain: list registers, and a set of waiting lines behind the maintenance interrupt when
// they are full. A line is never in two list registers.
extension VirtualCPU {
  /// The physical interrupt of a line of this domain was acknowledged on this CPU. Its end by the domain deactivates it.
  @inline(__always)
  public func deliver(_ line: UInt32) {
    let new = ListRegister(pending: line, priority: priority(line), isHardware: true, tellsEnd: false)
    if hardware.emptyListRegisters == cpu.own.listRegisters, cpu.own.waiting.isEmpty {
      hardware.setListRegister(0, new.rawValue)
    } else {
      add(new)
    }
  }

  /// SGIs become pending on this CPU.
  @inline(__always)
  public func raise(softwareInterrupts bits: UInt32) {
    let line = UInt32(truncatingIfNeeded: bits.trailingZeroBitCount) & 31
    if bits & (bits &- 1) == 0, isDeliverable(line) {
      var new = ListRegister(pending: line, priority: priority(line), isHardware: false, tellsEnd: false)
      if H.isGICv2 {
        guard let sender = onlySender(line) else { return wait(softwareInterrupts: bits) }
        new.source = sender
      }
      if hardware.emptyListRegisters == cpu.own.listRegisters, cpu.own.waiting.isEmpty {
        if H.isGICv2 { forgetSender(of: new) }
        hardware.setListRegister(0, new.rawValue)
      } else {
        add(new)
      }
    } else {
      wait(softwareInterrupts: bits)
    }
  }

  @inline(never)
  func wait(softwareInterrupts bits: UInt32) {
    if isDirect { return pend(softwareInterrupts: bits) }
    cpu.own.waiting.insert(word: 0, H.isGICv2 ? newLinesWithSenders(bits) : bits & 0xFFFF)
    synchronize()
  }

  /// Makes a line pending that may be signalled: in a free list register if nothing waits and none holds the line.
  @inline(never)
  func add(_ new: ListRegister) {
    let free = hardware.emptyListRegisters & cpu.own.listRegisters
    if cpu.own.waiting.isEmpty {
      let index = holder(of: new.line)
      if let index, new.line < 16 {
        // The same software interrupt again: one register stays enough, unless it is another CPU's.
        let entry = listRegister(index)
        if !H.isGICv2 || entry.source == new.source {
          if H.isGICv2 { forgetSender(of: new) }
          return hardware.setListRegister(index, entry.rawValue | 1 << 62)
        }
      } else if index == nil, free != 0 {
        if H.isGICv2 { forgetSender(of: new) }
        return hardware.setListRegister(free.trailingZeroBitCount, new.rawValue)
      }
    }
    if new.line < 16, H.isGICv2 || isDirect {
      wait(softwareInterrupts: 1 &<< new.line)
    } else {
      cpu.own.waiting.insert(new.line)
      synchronize()
    }
  }

  /// Brings the list registers in line with what the domain has enabled and what is pending: takes back what may not be
  /// signalled any more and fills what is free, the most urgent first.
  @inline(never)
  public func synchronize() {
    let occupied = ~hardware.emptyListRegisters & cpu.own.listRegisters
    let held = occupied != 0 ? review(occupied) : 0
    if cpu.own.virtualLines != 0 { lookAtVirtualLines(held: held) }
    placeWaiting()
    // Whoever enabled a line before it could see the mark asked nobody, so what is enabled is looked at once more.
    if markWaiting() {
      placeWaiting()
      _ = markWaiting()
    }
  }

  /// Places what can be placed, and asks for the maintenance interrupt if not all of that has room.
  func placeWaiting() {
    // What a direct domain traps stays.
    var control = cpu.own.interfaceControl & ~(InterfaceControl.whenNearlyEmpty | InterfaceControl.whenNonePending)
    if !cpu.own.waiting.isEmpty, fill() { control |= maintenance }
    if cpu.own.interfaceControl != control {
      cpu.own.interfaceControl = control
      hardware.setInterfaceControl(control)
    }
  }

  func listRegister(_ index: Int) -> ListRegister { ListRegister(rawValue: hardware.listRegister(index)) }

  /// Looks at list registers that hold something, or whose interrupt has ended and asked to be told: empties those that
  /// have ended, and takes back lines that are pending and not enabled any more.
  ///
  /// - Returns: the bits of the lines that EL2 makes which they hold.
  func review(_ occupied: UInt32) -> UInt32 {
    var left = occupied
    var held: UInt32 = 0
    while left != 0 {
      let index = left.trailingZeroBitCount
      left &= left &- 1
      let entry = listRegister(index)
      if isVirtual(entry.line) {
        held |= reviewVirtual(entry, in: index)
      } else if entry.isEmpty {
        hardware.setListRegister(index, 0)
      } else if entry.isOnlyPending, !isDeliverable(entry.line) {
        hardware.setListRegister(index, 0)
        takeBack(entry)
      }
    }
    return held
  }

  /// Puts waiting lines into list registers while there is room.
  ///
  /// - Returns: whether one is left that could be placed.
  func fill() -> Bool {
    // Each round places one line for good, but for at most one exchange a register.
    for _ in 0..<32 {
      guard let line = mostUrgentWaiting() else { return false }
      if !place(line) { return true }
    }
    return mostUrgentWaiting() != nil
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

  /// The list register that holds a line.
  func holder(of line: UInt32) -> Int? {
    var occupied = ~hardware.emptyListRegisters & cpu.own.listRegisters
    while occupied != 0 {
      let index = occupied.trailingZeroBitCount
      occupied &= occupied &- 1
      if listRegister(index).line == line { return index }
    }
    return nil
  }

  /// A hardware line that is already active in a list register cannot be pending there too (IHI 0069, 12.4.4), so it
  /// waits for the end. This happens only to a domain that deactivated the line behind its handler's back.
  func mustWaitForEnd(_ line: UInt32) -> Bool {
    guard line >= 16 || H.isGICv2, !isVirtual(line), let index = holder(of: line) else { return false }
    var entry = listRegister(index)
    if H.isGICv2, line < 16 {
      // One register has one sender, and the end of its SGI has to be known.
      if entry.source == firstSender(line) { return false }
      hardware.setListRegister(index, entry.rawValue | 1 << 41)
      return true
    }
    guard entry.isActive else { return false }
    if entry.isHardware {
      // The physical interrupt is active for the new occurrence. The end of the old one must not deactivate it, but
      // has to be known.
      entry.rawValue = entry.rawValue & ~(1 << 61 | 0x1FFF << 32) | 1 << 41
      hardware.setListRegister(index, entry.rawValue)
    }
    return true
  }

  /// Puts a waiting line into a list register; false if all of them hold lines that are as urgent.
  func place(_ line: UInt32) -> Bool {
    let new = entry(line)
    let free = hardware.emptyListRegisters & cpu.own.listRegisters
    var occupied = ~free & cpu.own.listRegisters
    var leastUrgent: Int?
    var leastPriority = new.priority
    while occupied != 0 {
      let index = occupied.trailingZeroBitCount
      occupied &= occupied &- 1
      var entry = listRegister(index)
      if entry.line == line {
        // A software interrupt again, or a hardware line that was not acknowledged yet: one register stays enough.
        entry.rawValue |= 1 << 62
        hardware.setListRegister(index, entry.rawValue)
        placed(new)
        return true
      }
      if entry.isOnlyPending, entry.priority > leastPriority {
        leastUrgent = index
        leastPriority = entry.priority
      }
    }
    if free != 0 {
      hardware.setListRegister(free.trailingZeroBitCount, new.rawValue)
    } else if let leastUrgent {
      takeBack(listRegister(leastUrgent))
      hardware.setListRegister(leastUrgent, new.rawValue)
    } else {
      return false
    }
    placed(new)
    return true
  }

  /// What waited is in a list register, unless the same SGI came from several CPUs.
  func placed(_ entry: ListRegister) {
    if H.isGICv2, entry.line < 16 {
      forgetSender(of: entry)
      if senders(of: entry.line) != 0 { return }
    }
    if isVirtual(entry.line) { virtualLinePlaced(entry.line) }
    cpu.own.waiting.remove(entry.line)
  }

  /// What a list register held only pending waits again.
  func takeBack(_ entry: ListRegister) {
    if isVirtual(entry.line) { putBack(VirtualLines.bit(entry.line)) }
    cpu.own.waiting.insert(entry.line)
    if H.isGICv2, entry.line < 16 { addSender(entry.source, of: entry.line, to: index) }
  }

  /// When to look again while a line waits that could be placed: as soon as no register is pending, or, when all of
  /// them are active already, as soon as most are empty.
  var maintenance: UInt64 {
    var occupied = ~hardware.emptyListRegisters & cpu.own.listRegisters
    while occupied != 0 {
      if listRegister(occupied.trailingZeroBitCount).isPending { return InterfaceControl.whenNonePending }
      occupied &= occupied &- 1
    }
    return InterfaceControl.whenNearlyEmpty
  }

  /// Lets other CPUs of the domain know whether lines wait here: they enable lines and change their group.
  ///
  /// - Returns: whether it is news that some do. What the caller then reads of the enables is no older than the mark.
  func markWaiting() -> Bool {
    let mine: UInt32 = 1 &<< UInt32(truncatingIfNeeded: index)
    let isMarked = domain.state.waitingCPUs.load(ordering: .relaxed) & mine != 0
    guard cpu.own.waiting.isEmpty == isMarked else { return false }
    if isMarked {
      domain.state.waitingCPUs.bitwiseAnd(~mine, ordering: .relaxed)
    } else {
      domain.state.waitingCPUs.bitwiseOr(mine, ordering: .relaxed)
      atomicMemoryFence(ordering: .sequentiallyConsistent)
    }
    return !isMarked
  }

  /// The marks of the domain's CPUs, no older than the enables that the caller has stored.
  var waitingCPUs: UInt32 {
    atomicMemoryFence(ordering: .sequentiallyConsistent)
    return domain.state.waitingCPUs.load(ordering: .relaxed)
  }
}
