import ImageFormat

// Software generated interrupts. Those for other CPUs travel in the target's request word, behind EL2's own SGI: the
// domain's sixteen are all its own.
extension VirtualCPU {
  /// A write to ICC_SGI1R_EL1.
  public func sendInterrupts(_ value: UInt64) {
    send(SGIRequest(value: value, sender: index, cpuCount: domain.cpuCount))
  }

  @inline(__always)
  func send(_ request: SGIRequest) {
    var targets = request.targets
    while targets != 0 {
      let target = targets.trailingZeroBitCount
      targets &= targets &- 1
      send(softwareInterrupts: 1 &<< request.line, to: target)
    }
  }

  func send(softwareInterrupts bits: UInt32, to target: Int) {
    if H.isGICv2 {
      let line = UInt32(truncatingIfNeeded: bits.trailingZeroBitCount) & 31
      if target == index, raiseOwn(line) { return }
      addSender(UInt32(truncatingIfNeeded: index), of: line, to: target)
    }
    if target == index {
      raise(softwareInterrupts: bits)
    } else {
      ask(target, .softwareInterrupts(bits))
    }
  }

  /// Carries out what other CPUs of the domain asked for, but for stopping and starting.
  public func answer(_ requests: Requests) {
    if requests.contains(.console) { consoleChanged() }
    if requests.contains(.watchdog) { watchWatchdog() }
    if requests.softwareInterrupts != 0 { raise(softwareInterrupts: requests.softwareInterrupts) }
    if requests.contains(.lines) {
      if H.isGICv2 { adjustTimers() }
      synchronize()
    }
  }
}
