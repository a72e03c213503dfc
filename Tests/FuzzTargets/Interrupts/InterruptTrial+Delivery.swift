import HypervisorCore
import HypervisorModel
import ImageFormat

// How interrupts come, go, and come to rest.
extension InterruptTrial {
  /// A write to ICC_SGI1R_EL1, or on a GICv2 to GICD_SGIR.
  mutating func sendInterrupts(_ cpu: Int) throws(Mismatch) {
    if CPU.isGICv2 {
      return try access(
        cpu, at: Self.distributor + 0xF00, size: 4, write: UInt64(input.number(UInt32.self) & 0x03FF_000F))
    }
    var value: UInt64 = input.number()
    // Most values name no CPU at all.
    if input.bool() { value &= 0x0000_0100_0F00_FFFF }
    note("CPU \(cpu) writes \(hexadecimal(value)) to ICC_SGI1R_EL1")
    system.virtualCPU(cpu).sendInterrupts(value)
    let line = Int(TrapModel.bits(value, 27, 24))
    let isOther = [(55, 48), (47, 44), (39, 32), (23, 16)].contains { TrapModel.bits(value, $0.0, $0.1) != 0 }
    for target in 0..<model.cpus {
      let isNamed = value >> 40 & 1 == 1 ? target != cpu : !isOther && value >> UInt64(target) & 1 == 1
      if isNamed { model.own[target][line].becomesDue() }
    }
  }

  mutating func sent(gicv2 value: UInt32, _ cpu: Int) {
    for target in 0..<min(model.cpus, 8) {
      let isNamed =
        switch value >> 24 & 3 {
        case 0: value >> UInt32(16 + target) & 1 == 1
        case 1: target != cpu
        case 2: target == cpu
        default: false
        }
      if isNamed { model.own[target][Int(value & 15)].senders.insert(cpu) }
    }
  }

  /// The hardware interrupts the CPU for every line that it signals to it.
  mutating func takePhysical(_ cpu: Int) throws(Mismatch) {
    for _ in 0..<64 {
      // Looking at every line of the machine takes long; what a store was about is compared after every step.
      let isSignalled =
        TrialLines.timers.contains { isAwaited(system.gic.own[cpu][$0]) }
        || (TrialLines.own + TrialLines.foreign).contains { isAwaited(system.gic.shared[$0]) }
      guard isSignalled, let line = system.gic.acknowledge(cpu: cpu, affinity: ModelSystem.affinity(cpu))
      else { return }
      note("CPU \(cpu) is interrupted by line \(line)")
      let virtualCPU = system.virtualCPU(cpu)
      try require(virtualCPU.owns(line), "CPU \(cpu) got line \(line), which is not the domain's")
      virtualCPU.deliver(line)
    }
    throw Mismatch("CPU \(cpu): physical interrupts do not end")
  }

  private func isAwaited(_ line: ModelGIC.Line) -> Bool { line.enabled && !line.active && (line.pending || line.level) }

  /// The domain takes its most urgent interrupt; returns its line.
  @discardableResult
  mutating func acknowledge(_ cpu: Int) throws(Mismatch) -> Int? {
    guard let entry = system.cpus[cpu].acknowledgeEntry() else { return nil }
    let line = Int(entry.line)
    note("CPU \(cpu) acknowledges line \(line)")
    let state = model[line, cpu]
    let what = "CPU \(cpu) acknowledged line \(line)"
    try require(state.isOwn, "\(what), which is not the domain's")
    if system.cpu(cpu).state.requests.current.rawValue == 0, !state.isDisturbed {
      try require(state.isEnabled && model.isGroupEnabled, "\(what), which is not enabled")
    }
    try require(state.pastTargets.contains(cpu), "\(what), which goes to CPUs \(state.pastTargets)")
    if line < 16, CPU.isGICv2 {
      let sender = Int(entry.source)
      try require(state.senders.contains(sender), "\(what) of sender \(sender), which sent none")
      model[line, cpu].senders.remove(sender)
    } else {
      try require(state.isJustified, "\(what), which nobody made pending")
      model[line, cpu].isDue = false
      model[line, cpu].credit = max(0, state.credit - 1)
    }
    model[line, cpu].handlers.insert(cpu)
    handled[cpu].append(line)
    return line
  }

  mutating func end(_ line: Int, _ cpu: Int) {
    note("CPU \(cpu) ends line \(line)")
    system.cpus[cpu].end(UInt32(line))
    model[line, cpu].handlers.remove(cpu)
    maintain(cpu)
  }

  /// Everything that waits for a CPU of the domain is taken, by all of them.
  mutating func settle() throws(Mismatch) {
    for _ in 0..<100 {
      var isQuiet = true
      for cpu in 0..<model.cpus {
        if system.cpu(cpu).state.requests.current.rawValue != 0 { isQuiet = false }
        answer(cpu)
        try takePhysical(cpu)
        var rounds = 0
        while system.cpus[cpu].maintenance {
          rounds += 1
          if rounds > 8 { throw Mismatch("CPU \(cpu): the maintenance interrupt does not end") }
          maintain(cpu)
        }
      }
      followConsole()
      if isQuiet { return }
    }
    throw Mismatch("the CPUs' requests to each other do not end")
  }

  /// The domain ends what it handles, makes its lines inactive that it made active, and serves every interrupt until
  /// none comes. Then none may be owed to it.
  mutating func rest() throws(Mismatch) {
    note("rest")
    try settle()
    for cpu in 0..<model.cpus {
      while let line = handled[cpu].popLast() { end(line, cpu) }
    }
    try clearForced()
    try serve()
    for cpu in 0..<model.cpus {
      for line in TrialLines.all {
        let isOwedSGI =
          line < 16 && CPU.isGICv2 && !model.own[cpu][line].senders.isEmpty && model.own[cpu][line].isEnabled
          && model.isGroupEnabled
        try require(!model.isOwed(line, to: cpu) && !isOwedSGI, "line \(line) was never delivered to CPU \(cpu)")
      }
      for line in 0..<32 { model.own[cpu][line].rest(waits: isInHand(line, of: cpu)) }
      try require(
        system.cpus[cpu].entries.allSatisfy(\.isEmpty), "CPU \(cpu) is left with list registers that hold lines")
    }
    for line in TrialLines.own + [TrialLines.console] {
      model.shared[line].rest(waits: (0..<model.cpus).contains { isInHand(line, of: $0) })
    }
    try require(Self.bytes(of: system, domain: 1), is: neighbour, "the other domain's state")
  }

  mutating func clearForced() throws(Mismatch) {
    for line in TrialLines.own where model.shared[line].isForced {
      let address = Self.distributor + 0x380 + UInt64(line / 32 * 4)
      try access(0, at: address, size: 4, write: 1 << UInt64(line % 32))
    }
    for cpu in 0..<model.cpus {
      for line in TrialLines.timers where model.own[cpu][line].isForced {
        let frame = CPU.isGICv2 ? Self.distributor : Self.redistributor + UInt64(cpu) << 17 + 0x1_0000
        try access(cpu, at: frame + 0x380, size: 4, write: 1 << UInt64(line))
      }
    }
  }

  /// Takes one interrupt after the other, on every CPU, and lets its device cease.
  mutating func serve() throws(Mismatch) {
    for _ in 0..<400 {
      var isQuiet = true
      for cpu in 0..<model.cpus {
        try settle()
        let owed = (TrialLines.all).filter {
          model.isOwed($0, to: cpu) && !model[$0, cpu].isDisturbed
        }
        guard let line = try acknowledge(cpu) else { continue }
        isQuiet = false
        let isDisturbed = model[line, cpu].isDisturbed
        if !isDisturbed, let first = owed.min(by: { model[$0, cpu].priority < model[$1, cpu].priority }) {
          try require(
            model[line, cpu].priority <= model[first, cpu].priority,
            "CPU \(cpu) acknowledged line \(line) of priority \(model[line, cpu].priority) before line \(first) of \(model[first, cpu].priority)"
          )
        }
        try serveDevice(line, cpu)
        handled[cpu].removeLast()
        end(line, cpu)
      }
      if isQuiet { return }
    }
    throw Mismatch("interrupts do not end")
  }

  mutating func serveDevice(_ line: Int, _ cpu: Int) throws(Mismatch) {
    if line == TrialLines.console {
      // UARTIMSC: nothing is asserted any more.
      try access(cpu, at: Self.serialPort + 0x38, size: 4, write: 0)
      model.shared[line].level = domain.locked.uart.interrupt
    } else if line < 32 {
      system.gic.own[cpu][line].level = false
      model.own[cpu][line].level = false
    } else {
      system.gic.shared[line].level = false
      model.shared[line].level = false
    }
  }
}
