import ImageFormat
import Synchronization

// Which lines may be signalled. The hardware's enable bit of a physical line is set while the domain has both the line
// and its group enabled. All of this runs under the domain's lock.
extension VirtualCPU {
  func setGroupEnables(_ value: UInt32) {
    let before = domain.state.groupEnables.exchange(value, ordering: .relaxed)
    guard (before ^ value) & Self.groupEnable != 0 else { return }
    let register = value & Self.groupEnable != 0 ? DistributorRegister.setEnable : DistributorRegister.clearEnable
    for word in 1..<32 { storePhysical(register, word: word, enabled(word: word)) }
    // The timers of a GICv2 are its own CPU's alone to reach: the others follow when they are asked.
    if H.isGICv2 { adjustTimers() }
    for other in 0..<domain.cpuCount where !H.isGICv2 {
      storePrivate(register, of: other, domain.cpu(other).shared.redistributor.enabled.load(ordering: .relaxed))
    }
    synchronize()
    askOthers(.lines)
  }

  /// Enables SPIs.
  @inline(__always)
  func enable(word: Int, _ value: UInt32) {
    let before = enabled(word: word)
    let new = value & lines(word: word) & ~before
    if new == 0 { return }
    domain.state.enabled[word].store(before | new, ordering: .relaxed)
    if groupIsEnabled { storePhysical(DistributorRegister.setEnable, word: word, new) }
    let made = new & virtualLines(word: word)
    if made != 0 { virtualLinesChanged(made) }
    wakeWaiting()
  }

  func disable(word: Int, _ value: UInt32) {
    let before = enabled(word: word)
    let old = value & before
    if old == 0 { return }
    domain.state.enabled[word].store(before & ~old, ordering: .relaxed)
    storePhysical(DistributorRegister.clearEnable, word: word, old)
    takeBackEverywhere(word: word, old)
  }

  /// Lines that were disabled after they had reached a list register are taken back: here at once, on other CPUs as
  /// soon as they get there, as with hardware (GICD_CTLR.RWP says no more). A handler that masks its own line, which is
  /// active here, disturbs no other CPU.
  func takeBackEverywhere(word: Int, _ bits: UInt32) {
    synchronize()
    let inFlight = loadPhysical(DistributorRegister.setActive, word: word) | virtualLines(word: word)
    let elsewhere = bits & inFlight & ~(pendingHere(word: word) | activeHere(word: word))
    if elsewhere != 0 { askOthers(.lines) }
  }

  /// Lines that wait on some CPU may be among those that were just enabled.
  func wakeWaiting() {
    let waiting = waitingCPUs
    if waiting == 0 { return }
    for other in 0..<domain.cpuCount where waiting & (1 << UInt32(other)) != 0 {
      if other == index { synchronize() } else { ask(other, .lines) }
    }
  }

  /// Stores bits of SGIs and PPIs that are the hardware's to the physical redistributor of a CPU of the domain.
  func storePrivate(_ register: UInt32, of cpu: Int, _ bits: UInt32) {
    let own = bits & privateLines
    if own != 0 { hardware.store32(interruptFrame(of: cpu) + UInt64(register), own) }
  }

  func loadPrivate(_ register: UInt32, of cpu: Int) -> UInt32 {
    hardware.load32(interruptFrame(of: cpu) + UInt64(register)) & privateLines
  }

  /// GICv2: lets the timers' lines through exactly while the domain has them and its group enabled.
  func adjustTimers() {
    let register = groupIsEnabled ? DistributorRegister.setEnable : DistributorRegister.clearEnable
    storePrivate(register, of: index, enabled(word: 0))
  }

  /// Physical address of a CPU's SGI frame; on a GICv2 of the distributor, which has it for the CPU that looks.
  func interruptFrame(of cpu: Int) -> UInt64 {
    if H.isGICv2 { return distributor }
    return domain.cpu(cpu).redistributor + UInt64(DistributorRegister.interruptFrame)
  }
}
