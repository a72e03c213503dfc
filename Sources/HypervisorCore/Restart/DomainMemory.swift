import ImageFormat

/// The memory of a domain that has stopped, as its first CPU makes it what it was at the first start.
///
/// EL2's map has no memory of a domain, so all of it happens under the domain's restart map (Arm DDI 0487J.a, D8.13 and
/// D8.14: what one map left in the TLB goes before the other counts). The domain starts with its caches off, so what was
/// written has to be in memory itself, and no cache may keep an old line (D7.5).
public struct DomainMemory<H: MemoryHardware> {
  let hardware: H
  let partition: PartitionHandle
  let restart: RestartRecord

  /// Bytes between two looks at what else there is to do.
  public static var step: UInt64 { 64 << 10 }

  /// Memory as a restart record describes it.
  public init(hardware: H, partition: PartitionHandle, restart: RestartRecord) {
    self.hardware = hardware
    self.partition = partition
    self.restart = restart
  }

  /// Clears the domain's memory and copies its payloads.
  ///
  /// - Parameter goesOn: asked after every `step` bytes; may take EL2's interrupts.
  /// - Returns: false if it was given up.
  public func renew(goesOn: () -> Bool) -> Bool {
    // What other CPUs of the domain wrote with their caches off has reached memory: each waited for that as it left.
    use(restart.translationTable)
    let isDone = clear(goesOn) && copy(goesOn)
    use(partition.table.translationTable)
    if !isDone { return false }
    hardware.invalidateInstructions()
    hardware.invalidateDomainTranslations()
    hardware.dataBarrier()
    hardware.instructionBarrier()
    return true
  }

  /// Changes EL2's map on this CPU.
  public func use(_ root: UInt64) {
    hardware.dataBarrier()
    hardware.setTranslationTable(root)
    hardware.instructionBarrier()
    hardware.invalidateOwnTranslations()
    hardware.dataBarrier()
    hardware.instructionBarrier()
  }

  func clear(_ goesOn: () -> Bool) -> Bool {
    for index in 0..<restart.spanCount {
      let span = partition.span(restart.firstSpan &+ index)
      let isDone = steps(span.size, goesOn) { offset, size in
        hardware.clear(span.base &+ offset, size)
        clean(span.base &+ offset, size)
      }
      if !isDone { return false }
    }
    return true
  }

  func copy(_ goesOn: () -> Bool) -> Bool {
    for index in 0..<restart.copyCount {
      let copy = partition.copy(restart.firstCopy &+ index)
      let isDone = steps(copy.size, goesOn) { offset, size in
        hardware.copy(copy.source &+ offset, to: copy.destination &+ offset, size)
        clean(copy.destination &+ offset, size)
      }
      if !isDone { return false }
    }
    return true
  }

  func steps(_ size: UInt64, _ goesOn: () -> Bool, _ body: (_ offset: UInt64, _ size: UInt64) -> Void) -> Bool {
    var offset: UInt64 = 0
    while offset < size {
      body(offset, min(Self.step, size &- offset))
      offset &+= Self.step
      if !goesOn() { return false }
    }
    return true
  }

  /// Every line that has a byte of the area.
  func clean(_ address: UInt64, _ size: UInt64) {
    let line = hardware.lineSize
    var next = address & ~(line &- 1)
    let end = address &+ size
    while next < end {
      hardware.cleanLine(next)
      next &+= line
    }
  }
}
