import ImageFormat

// How EL2 interrupts a domain on behalf of anybody: from any CPU of any domain, without its lock.
extension DomainHandle {
  /// Pulses one of the lines that EL2 makes for the domain. One that has not been taken swallows it.
  public func pulse(_ line: UInt32, through hardware: some Hardware) {
    if state.virtualLines.pulse(line) { tell(line, through: hardware) }
  }

  /// Asserts one of the lines that EL2 makes for the domain, or ceases to.
  public func setLevel(_ line: UInt32, _ isAsserted: Bool, through hardware: some Hardware) {
    if state.virtualLines.setLevel(line, isAsserted) { tell(line, through: hardware) }
  }

  /// Lets the CPU that a line goes to look at it.
  func tell(_ line: UInt32, through hardware: some Hardware) {
    let target = state.virtualLines.target(line)
    if target >= cpuCount { return }
    cpu(target).shared.requests.add(.lines)
    hardware.kick(cpu(target))
  }
}
