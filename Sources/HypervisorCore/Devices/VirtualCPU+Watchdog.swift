import ImageFormat

// A domain's watchdog: the registers of Arm's generic watchdog, with the manifest's period as the longest time between two
// refreshes. It has two stages, as that one has: after the first without a refresh the domain is interrupted (WS0), after
// the second its run ends (WS1). The domain may ask for shorter stages, not for longer ones, and cannot stop it. Before it
// starts it, the time that the manifest allows for that counts.
//
// The domain's first CPU counts, whether it is on or not. A refresh on another CPU only moves the deadline, which that CPU
// finds out when its timer expires; it is told where the deadline comes nearer.
extension VirtualCPU {
  /// The domain's watchdog; nil for none.
  var watchdog: VirtualDeviceRecord? {
    let index = domain.record.watchdog
    return index == DomainRecord.noWatchdog ? nil : partition.virtualDevice(index)
  }

  /// Before each run of the domain, on its first CPU: the time for the domain to start its watchdog begins.
  ///
  /// - Parameter frequency: ticks of the counter in a second, below 2^32.
  public func startWatchdog(frequency: UInt64) {
    guard let device = watchdog else { return }
    let period = device.parameter & 0xFFFF_FFFF
    let allowance = device.parameter >> 32
    change(device) { state in
      state = WatchdogState()
      state.limit = period &* frequency / 2_000_000
      state.offset = state.limit
      state.deadline = hardware.counter &+ allowance &* frequency / 1_000_000
    }
    publish(.waiting)
    watchWatchdog()
  }

  /// Sets the timer of the domain's first CPU, which this one is, to the watchdog's deadline.
  public func watchWatchdog() {
    guard let device = watchdog else { return }
    var deadline: UInt64 = 0
    change(device) { deadline = $0.deadline }
    cpu.setTimer(.watchdog, deadline == 0 ? nil : deadline, hardware)
  }

  /// The timer of the domain's first CPU expired for the watchdog.
  ///
  /// - Returns: why the domain's run ends; nil if it goes on.
  public func watchdogExpired() -> WatchdogEnd? {
    cpu.setTimer(.watchdog, nil, hardware)
    guard let device = watchdog, !domain.state.status.mustStop else { return nil }
    var end: WatchdogEnd?
    var isWarned = false
    let now = hardware.counter
    change(device) { state in
      if state.deadline == 0 || now < state.deadline { return }
      if !state.isEnabled {
        end = .neverStarted
      } else if state.status & WatchdogState.firstSignal != 0 {
        state.status |= WatchdogState.secondSignal
        end = .notRefreshed
      } else {
        state.status |= WatchdogState.firstSignal
        isWarned = true
      }
      state.deadline = end == nil ? now &+ state.stage : 0
    }
    if isWarned {
      // Not `setLevel` of this CPU, which may be off.
      domain.setLevel(device.intid, true, through: hardware)
      publish(.warned)
    }
    if end == nil { watchWatchdog() } else { publish(.expired) }
    return end
  }

  func readWatchdog(_ device: VirtualDeviceRecord, _ offset: UInt32, size: Int) -> UInt64 {
    switch size {
    case 4: UInt64(readWatchdogWord(device, offset))
    case 8: UInt64(readWatchdogWord(device, offset)) | UInt64(readWatchdogWord(device, offset &+ 4)) << 32
    default: 0
    }
  }

  private func readWatchdogWord(_ device: VirtualDeviceRecord, _ offset: UInt32) -> UInt32 {
    var value: UInt64 = 0
    change(device) { state in
      switch offset {
      case WatchdogRegister.status: value = UInt64(state.status)
      case WatchdogRegister.offsetLow: value = state.offset
      case WatchdogRegister.offsetHigh: value = state.offset >> 32
      // What the domain cannot see is how long it may take to start it.
      case WatchdogRegister.compareLow: value = state.isEnabled ? state.deadline : 0
      case WatchdogRegister.compareHigh: value = state.isEnabled ? state.deadline >> 32 : 0
      default:
        if offset & 0xFFF == WatchdogRegister.identification { value = UInt64(WatchdogRegister.identificationValue) }
      }
    }
    return UInt32(truncatingIfNeeded: value)
  }

  /// A write to WRR, WCS or WOR is a refresh. WCV, which could put the deadline off, is not written.
  func writeWatchdog(_ device: VirtualDeviceRecord, _ offset: UInt32, size: Int, _ value: UInt64) {
    guard size == 4 || size == 8 else { return }
    let isLong = size == 8
    var news: HealthWatchdog?
    var comesNearer = false
    var wasWarned = false
    let now = hardware.counter
    change(device) { state in
      switch offset {
      case WatchdogRegister.status:
        if value & UInt64(WatchdogState.enabled) != 0, !state.isEnabled {
          state.status |= WatchdogState.enabled
          news = .refreshed
        }
      case WatchdogRegister.offsetLow:
        let high = isLong ? value & 0xFFFF_0000_0000 : state.offset & 0xFFFF_0000_0000
        state.offset = high | value & 0xFFFF_FFFF
      case WatchdogRegister.offsetHigh:
        state.offset = state.offset & 0xFFFF_FFFF | (value & 0xFFFF) << 32
      case WatchdogRegister.refresh: break
      default: return
      }
      if !state.isEnabled || state.deadline == 0 { return }
      wasWarned = state.status & WatchdogState.firstSignal != 0
      state.status &= ~WatchdogState.firstSignal
      let deadline = now &+ state.stage
      comesNearer = deadline < state.deadline
      state.deadline = deadline
    }
    if wasWarned {
      setLevel(device.intid, false)
      news = .refreshed
    }
    if let news { publish(news) }
    if !comesNearer { return }
    if index == 0 { watchWatchdog() } else { ask(0, .watchdog) }
  }

  func publish(_ state: HealthWatchdog) {
    HealthPage(hardware: hardware, partition: partition)?.watchdog(state, domain)
  }

  /// Runs `body` on the watchdog's state, alone.
  func change(_ device: VirtualDeviceRecord, _ body: (inout WatchdogState) -> Void) {
    // Sound: the compiler reserves a zeroed WatchdogState there for this device, which lives as long as EL2, and the
    // domain's lock keeps other CPUs away.
    guard let state = unsafe UnsafeMutablePointer<WatchdogState>(bitPattern: UInt(device.state)) else { return }
    alone { unsafe body(&state.pointee) }
  }
}
