import ImageFormat
import Synchronization

// Priorities and routes of SPIs.
extension VirtualCPU {
  /// Bytes of lines that the domain owns among the four from `line` & ~3 on.
  func ownBytes(_ line: UInt32) -> UInt32 {
    let bits = lines(word: Int(line >> 5)) >> (line & 28)
    var mask: UInt32 = 0
    for byte in 0..<UInt32(4) where bits & (1 << byte) != 0 { mask |= 0xFF << (byte * 8) }
    return mask
  }

  /// IPRIORITYR of the four lines around `line`.
  func visiblePriorities(_ line: UInt32) -> UInt32 {
    domain.state.priorities[Int(line >> 2)].load(ordering: .relaxed) & ownBytes(line)
  }

  /// Changes the bytes of `mask`. Five bits of a priority exist, as on every GIC that boards have (IHI 0069, 4.8).
  func setPriorities(_ line: UInt32, _ value: UInt32, mask: UInt32) {
    let own = mask & ownBytes(line) & 0xF8F8_F8F8
    let word = Int(line >> 2)
    let old = domain.state.priorities[word].load(ordering: .relaxed)
    domain.state.priorities[word].store(old & ~own | value & own, ordering: .relaxed)
    if isDirect { storePriorities(at: distributor, line, value, mask: own) }
  }

  /// IROUTER with the affinity that the domain knows.
  func readRoute(_ line: UInt32) -> UInt64 {
    guard isOwn(line) else { return 0 }
    if isVirtual(line) { return UInt64(domain.state.virtualLines.target(line)) }
    let physical = hardware.load64(distributor + UInt64(DistributorRegister.route) + UInt64(line) * 8)
    return UInt64(domain.cpu(affinity: physical & 0xFF_00FF_FFFF) ?? 0)
  }

  /// Sends a line to another CPU of the domain. An affinity that no CPU of the domain has changes nothing; Interrupt
  /// Routing Mode (31) is reserved where GICD_TYPER.No1N is set.
  func setRoute(_ line: UInt32, _ value: UInt64) {
    let target = value & 0xFF_00FF_FFFF
    guard isOwn(line), target < UInt64(domain.cpuCount) else { return }
    if isVirtual(line) {
      setVirtualTarget(line, Int(target))
    } else {
      hardware.store64(
        distributor + UInt64(DistributorRegister.route) + UInt64(line) * 8, domain.cpu(Int(target)).affinity)
    }
  }
}
