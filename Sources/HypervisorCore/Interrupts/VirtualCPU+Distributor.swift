import ImageFormat
import Synchronization

// The distributor that a domain sees: its own lines and no other. Reads and writes of lines that it does not own are
// zero and ignored, as the architecture has it for lines that are not there. All lines are Group 1, edge or level is
// fixed, and one line goes to one CPU.
extension VirtualCPU {
  /// Reads the distributor.
  ///
  /// - Parameters:
  ///   - offset: from its start, below 64 KiB.
  ///   - size: 1, 2, 4 or 8 bytes.
  public func readDistributor(_ offset: UInt32, size: Int) -> UInt64 {
    if size == 4 { return readDistributorWord(offset) }
    if H.isGICv2 {
      return size == 1 && hasBytes(offset) ? readDistributorWord(offset & ~3) >> UInt64((offset & 3) &* 8) & 0xFF : 0
    }
    if size == 1, let line = priorityLine(offset) { return UInt64(visiblePriorities(line) >> ((line & 3) &* 8) & 0xFF) }
    if size == 8, let line = routedLine(offset) { return readRoute(line) }
    return 0
  }

  func readDistributorWord(_ offset: UInt32) -> UInt64 {
    if offset < DistributorRegister.group { return readDistributorHead(offset) }
    if offset & 3 != 0 { return 0 }
    if H.isGICv2, isBanked(offset) { return readBanked(offset) }
    let word = Int(offset & 0x7F) >> 2
    switch offset & ~0x7F {
    case DistributorRegister.group: return word == 0 || H.isGICv2 ? 0 : UInt64(lines(word: word))
    case DistributorRegister.setEnable, DistributorRegister.clearEnable:
      return word == 0 ? 0 : UInt64(enabled(word: word))
    case DistributorRegister.setPending, DistributorRegister.clearPending:
      return word == 0 ? 0 : UInt64(pending(word: word))
    case DistributorRegister.setActive, DistributorRegister.clearActive:
      return word == 0 ? 0 : UInt64(active(word: word))
    case DistributorRegister.configuration, DistributorRegister.configuration + 0x80:
      let first = (offset & 0xFF) << 2
      return first < 32 ? 0 : DistributorRegister.configuration(edges: edges(word: Int(first >> 5)) >> (first & 16))
    default: break
    }
    if let line = priorityLine(offset) { return UInt64(visiblePriorities(line)) }
    if let line = targetsLine(offset) { return UInt64(readTargets(line)) }
    if let line = routedLine(offset & ~7) { return readRoute(line) >> UInt64(offset & 4 != 0 ? 32 : 0) & 0xFFFF_FFFF }
    return H.isGICv2
      ? DistributorRegister.identification(gicv2: offset) : DistributorRegister.identification(offset)
  }

  /// GICD_CTLR: DS (6) and ARE (4) set, the group enables as written. GICD_TYPER: as many lines as the highest that the
  /// domain owns needs, ten bits of INTID (23:19), No1N (25). On a GICv2, the group enables alone, and CPUNumber (7:5).
  @inline(__always)
  func readDistributorHead(_ offset: UInt32) -> UInt64 {
    switch offset {
    case DistributorRegister.control:
      UInt64(domain.state.groupEnables.load(ordering: .relaxed)) | (H.isGICv2 ? 0 : 1 << 6 | 1 << 4)
    case DistributorRegister.type:
      UInt64(domain.state.highestWord.load(ordering: .relaxed))
        | (H.isGICv2 ? UInt64((domain.record.cpuCount &- 1) & 7) << 5 : 9 << 19 | 1 << 25)
    case DistributorRegister.implementer: DistributorRegister.implementerValue
    default: 0
    }
  }

  func edges(word: Int) -> UInt32 { domain.record.edgeInterrupts[word] & domain.record.interrupts[word] }

  /// Writes the distributor. Takes the domain's lock.
  public func writeDistributor(_ offset: UInt32, size: Int, _ value: UInt64) {
    if size == 4, offset & 3 == 0 { return storeDistributorWord(offset, UInt32(truncatingIfNeeded: value)) }
    alone {
      if H.isGICv2, size == 1, isBanked(offset) || targetsLine(offset) != nil {
        writeByte(offset, UInt32(truncatingIfNeeded: value & 0xFF))
      } else if size == 1, let line = priorityLine(offset) {
        let shift = (line & 3) &* 8
        setPriorities(line, UInt32(truncatingIfNeeded: value & 0xFF) << shift, mask: 0xFF << shift)
      } else if size == 8, let line = routedLine(offset) {
        setRoute(line, value)
      }
    }
  }

  /// Writes a word of the distributor; `offset` is a multiple of 4. Takes the domain's lock.
  @inline(never)
  public func storeDistributorWord(_ offset: UInt32, _ value: UInt32) {
    if H.isGICv2, offset == DistributorRegister.softwareInterrupt { return sendInterrupts(gicv2: value) }
    alone { writeDistributorWord(offset, value) }
  }

  @inline(__always)
  func writeDistributorWord(_ offset: UInt32, _ value: UInt32) {
    if H.isGICv2, isBanked(offset) { return writeBanked(offset, value) }
    let word = Int(offset & 0x7F) >> 2
    if offset & ~0x7F == DistributorRegister.setEnable, word != 0 { return enable(word: word, value) }
    switch offset & ~0x7F {
    case 0x0000:
      if offset == DistributorRegister.control { setGroupEnables(value & 3) }
      return
    case DistributorRegister.group, DistributorRegister.configuration, DistributorRegister.configuration + 0x80: return
    case DistributorRegister.clearEnable where word != 0: return disable(word: word, value)
    case DistributorRegister.setPending where word != 0: return setPending(word: word, value)
    case DistributorRegister.clearPending where word != 0: return clearPending(word: word, value)
    case DistributorRegister.setActive where word != 0:
      return storePhysical(DistributorRegister.setActive, word: word, value)
    case DistributorRegister.clearActive where word != 0: return clearActive(word: word, value)
    default: break
    }
    if let line = priorityLine(offset) {
      setPriorities(line, value, mask: 0xFFFF_FFFF)
    } else if let line = targetsLine(offset) {
      setTargets(line, value, mask: 0xFFFF_FFFF)
    } else if let line = routedLine(offset), offset & 7 == 0 {
      setRoute(line, UInt64(value))
    }
  }

  /// Runs `body` under the domain's lock; not at all once the domain is being stopped.
  @inline(__always)
  func alone(_ body: () -> Void) {
    domain.state.lock.alone(unless: { domain.state.status.mustStop }, body)
  }

  /// The first line of an IPRIORITYR's word or byte, from INTID 32 on.
  func priorityLine(_ offset: UInt32) -> UInt32? {
    (DistributorRegister.priority + 32..<DistributorRegister.priority + 1020).contains(offset)
      ? offset - DistributorRegister.priority : nil
  }

  /// The line of an IROUTER that starts at an offset, from INTID 32 on.
  func routedLine(_ offset: UInt32) -> UInt32? {
    if H.isGICv2 { return nil }
    let line = (offset &- DistributorRegister.route) >> 3
    return offset & 3 == 0 && offset >= DistributorRegister.route && (32..<1020).contains(line) ? line : nil
  }

  func isOwn(_ line: UInt32) -> Bool { lines(word: Int(line >> 5)) & (1 << (line & 31)) != 0 }

  /// Stores bits of physical lines that the domain owns to a register of the hardware, and no others.
  func storePhysical(_ register: UInt32, word: Int, _ bits: UInt32) {
    let own = bits & physical(word: word)
    if own != 0 { hardware.store32(distributor + UInt64(register) + UInt64(word) * 4, own) }
  }

  func loadPhysical(_ register: UInt32, word: Int) -> UInt32 {
    let own = physical(word: word)
    return own == 0 ? 0 : hardware.load32(distributor + UInt64(register) + UInt64(word) * 4) & own
  }
}
