import ImageFormat
import Synchronization

// The redistributors that a domain sees, 128 KiB for each of its CPUs in order: SGIs, which EL2 makes, and the PPIs of
// the two timers, which are the hardware's. No LPIs. Any CPU of a domain may use any of them. On a GICv2 the registers
// of the SGI frame stand in the distributor, and each CPU sees its own.
extension VirtualCPU {
  /// Reads redistributors.
  ///
  /// - Parameters:
  ///   - offset: from the start of the first, below 128 KiB × the number of CPUs.
  ///   - size: 1, 2, 4 or 8 bytes.
  public func readRedistributor(_ offset: UInt32, size: Int) -> UInt64 {
    let target = Int(offset / DistributorRegister.redistributorStride)
    let register = offset & (DistributorRegister.redistributorStride - 1)
    guard target < domain.cpuCount, register & UInt32(size &- 1) == 0 else { return 0 }
    if register >= DistributorRegister.interruptFrame {
      return readInterruptFrame(register - DistributorRegister.interruptFrame, size: size, of: target)
    }
    switch register {
    case DistributorRegister.redistributorType where size >= 4:
      return size == 8 ? type(of: target) : type(of: target) & 0xFFFF_FFFF
    case DistributorRegister.redistributorType + 4 where size == 4: return type(of: target) >> 32
    case DistributorRegister.redistributorImplementer where size == 4: return DistributorRegister.implementerValue
    case DistributorRegister.waker where size == 4:
      return domain.cpu(target).shared.redistributor.awake.load(ordering: .relaxed) != 0 ? 0 : 6
    default: return size == 4 ? DistributorRegister.identification(register) : 0
    }
  }

  /// GICR_TYPER: affinity (63:32), processor number (23:8), Last (4).
  func type(of target: Int) -> UInt64 {
    UInt64(target) << 32 | UInt64(target) << 8 | (target == domain.cpuCount - 1 ? 1 << 4 : 0)
  }

  func readInterruptFrame(_ offset: UInt32, size: Int, of target: Int) -> UInt64 {
    if let line = privatePriorityLine(offset), size == 4 || size == 1 {
      let priorities = domain.cpu(target).shared.redistributor.priorities[Int(line >> 2)].load(ordering: .relaxed)
      return size == 4 ? UInt64(priorities) : UInt64(priorities >> ((line & 3) * 8) & 0xFF)
    }
    guard size == 4 else { return 0 }
    switch offset {
    case DistributorRegister.group: return UInt64(lines(word: 0))
    case DistributorRegister.setEnable, DistributorRegister.clearEnable:
      return UInt64(domain.cpu(target).shared.redistributor.enabled.load(ordering: .relaxed))
    case DistributorRegister.setPending, DistributorRegister.clearPending:
      let here = target == index ? pendingHere(word: 0) : domain.cpu(target).shared.requests.current.softwareInterrupts
      return UInt64((loadPrivate(DistributorRegister.setPending, of: target) | here) & lines(word: 0))
    case DistributorRegister.setActive, DistributorRegister.clearActive:
      return UInt64(privateActive(of: target))
    // SGIs are edge triggered, the timers are levels.
    case DistributorRegister.configuration: return 0xAAAA_AAAA
    default: return DistributorRegister.identification(offset)
    }
  }

  func privateActive(of target: Int) -> UInt32 {
    let physical = loadPrivate(DistributorRegister.setActive, of: target)
    return target == index ? physical & ~pendingHere(word: 0) | activeHere(word: 0) : physical
  }

  /// Writes redistributors. Takes the domain's lock.
  public func writeRedistributor(_ offset: UInt32, size: Int, _ value: UInt64) {
    let target = Int(offset / DistributorRegister.redistributorStride)
    let register = offset & (DistributorRegister.redistributorStride - 1)
    guard target < domain.cpuCount, register & UInt32(size &- 1) == 0, size == 4 || size == 1 else { return }
    alone {
      if register >= DistributorRegister.interruptFrame {
        writeInterruptFrame(
          register - DistributorRegister.interruptFrame, size: size, UInt32(truncatingIfNeeded: value), of: target)
      } else if register == DistributorRegister.waker, size == 4 {
        // ProcessorSleep (1); ChildrenAsleep (2) follows at once.
        domain.cpu(target).shared.redistributor.awake.store(value & 2 == 0 ? 1 : 0, ordering: .relaxed)
      }
    }
  }

  func writeInterruptFrame(_ offset: UInt32, size: Int, _ value: UInt32, of target: Int) {
    if let line = privatePriorityLine(offset) {
      setPrivatePriorities(line, size: size, value, of: target)
      return
    }
    guard size == 4 else { return }
    // On a GICv2, SGIs are made pending by sender (Arm IHI 0048, 4.3.7).
    let value = H.isGICv2 && offset & 0xFF00 == DistributorRegister.setPending ? value & ~0xFFFF : value
    switch offset {
    case DistributorRegister.setEnable:
      let bits = value & lines(word: 0)
      domain.cpu(target).shared.redistributor.enabled.bitwiseOr(bits, ordering: .relaxed)
      if groupIsEnabled { storePrivate(DistributorRegister.setEnable, of: target, bits) }
      if waitingCPUs & (1 << UInt32(target)) != 0 { linesChanged(on: target) }
    case DistributorRegister.clearEnable:
      let bits = value & lines(word: 0)
      let before = domain.cpu(target).shared.redistributor.enabled.bitwiseAnd(~bits, ordering: .relaxed).oldValue
      storePrivate(DistributorRegister.clearEnable, of: target, bits)
      if before & bits != 0 { linesChanged(on: target) }
    case DistributorRegister.setPending:
      storePrivate(DistributorRegister.setPending, of: target, value)
      if value & 0xFFFF != 0 { send(softwareInterrupts: value & 0xFFFF, to: target) }
    case DistributorRegister.clearPending: clearPrivatePending(value & lines(word: 0), of: target)
    case DistributorRegister.setActive: storePrivate(DistributorRegister.setActive, of: target, value)
    case DistributorRegister.clearActive: clearPrivateActive(value & lines(word: 0), of: target)
    default: break
    }
  }

  func linesChanged(on target: Int) {
    if target == index { synchronize() } else { ask(target, .lines) }
  }

  func clearPrivatePending(_ bits: UInt32, of target: Int) {
    if target == index {
      forget(word: 0, bits) { storePrivate(DistributorRegister.clearActive, of: target, $0) }
    } else {
      domain.cpu(target).shared.requests.withdraw(.softwareInterrupts(bits))
    }
    storePrivate(DistributorRegister.clearPending, of: target, bits)
  }

  func clearPrivateActive(_ bits: UInt32, of target: Int) {
    if target == index {
      deactivateHere(word: 0, bits)
      storePrivate(DistributorRegister.clearActive, of: target, bits & ~pendingHere(word: 0))
    } else {
      storePrivate(DistributorRegister.clearActive, of: target, bits)
    }
  }

  func setPrivatePriorities(_ line: UInt32, size: Int, _ value: UInt32, of target: Int) {
    let shift = size == 4 ? 0 : (line & 3) * 8
    let mask: UInt32 = (size == 4 ? 0xF8F8_F8F8 : 0xF8 << shift) & privateBytes(line)
    let word = Int(line >> 2)
    let old = domain.cpu(target).shared.redistributor.priorities[word].load(ordering: .relaxed)
    domain.cpu(target).shared.redistributor.priorities[word].store(
      old & ~mask | value << shift & mask, ordering: .relaxed)
    if isDirect { storePriorities(at: interruptFrame(of: target), line, value << shift, mask: mask) }
  }

  /// Bytes of lines that the domain has among the four from `line` & ~3 on.
  func privateBytes(_ line: UInt32) -> UInt32 {
    let bits = lines(word: 0) >> (line & 28)
    var mask: UInt32 = 0
    for byte in 0..<UInt32(4) where bits & (1 << byte) != 0 { mask |= 0xFF << (byte * 8) }
    return mask
  }

  /// The first line of a GICR_IPRIORITYR's word or byte.
  func privatePriorityLine(_ offset: UInt32) -> UInt32? {
    (DistributorRegister.priority..<DistributorRegister.priority + 32).contains(offset)
      ? offset - DistributorRegister.priority : nil
  }
}
