import ImageFormat
import Synchronization

// Accesses to what EL2 emulates, found by the guest address of a data abort.
extension VirtualCPU {
  /// Carries out an access to the distributor, a redistributor, the console or a virtual device.
  ///
  /// - Parameters:
  ///   - address: guest address.
  ///   - abort: a valid syndrome (ISV).
  ///   - frame: the domain's registers.
  /// - Returns: false if nothing that EL2 emulates is there, or if the access is not aligned to its size: through
  ///   memory that the domain maps as Normal such an access gets here, and it may end beyond what is emulated.
  @inline(__always)
  public func emulate(
    at address: UInt64, _ abort: AbortSyndrome, _ frame: TrapFrame, console: () -> Console<H>
  ) -> Bool {
    guard abort.isAligned(address) else { return false }
    let distributorOffset = address &- cpu.own.distributorWindow
    if distributorOffset < Self.distributorSize {
      let offset = UInt32(truncatingIfNeeded: distributorOffset)
      if abort.isWrite {
        writeDistributor(offset, size: abort.size, abort.truncated(frame[abort.register]))
      } else {
        load(frame, abort, readDistributor(offset, size: abort.size))
      }
      return true
    }
    let redistributorOffset = address &- domain.record.redistributor
    if !H.isGICv2,
      redistributorOffset < UInt64(domain.record.cpuCount) &* UInt64(DistributorRegister.redistributorStride)
    {
      let offset = UInt32(truncatingIfNeeded: redistributorOffset)
      if abort.isWrite {
        writeRedistributor(offset, size: abort.size, abort.truncated(frame[abort.register]))
      } else {
        load(frame, abort, readRedistributor(offset, size: abort.size))
      }
      return true
    }
    let consoleOffset = address &- domain.record.consoleBase
    if consoleOffset < 0x1000, domain.record.consoleBase != 0 {
      let offset = UInt32(truncatingIfNeeded: consoleOffset)
      if abort.isWrite {
        writeConsole(offset, size: abort.size, abort.truncated(frame[abort.register]), console: console())
      } else {
        load(frame, abort, readConsole(offset, size: abort.size, console: console()))
      }
      return true
    }
    return domain.record.virtualDeviceCount != 0 && emulateDevice(at: address, abort, frame)
  }

  /// Bytes of the distributor that a domain sees.
  static var distributorSize: UInt64 { H.isGICv2 ? 0x1000 : 0x1_0000 }

  /// The distributor's word at a guest address; nil if there is none.
  @inline(__always)
  public func distributorWord(at address: UInt64) -> UInt32? {
    let offset = address &- cpu.own.distributorWindow
    return offset & ~(Self.distributorSize &- 4) == 0 ? UInt32(truncatingIfNeeded: offset) : nil
  }

  /// What a load of a word finds at a guest address where one look at memory says it, and nothing else has to be done:
  /// GICD_CTLR, GICD_TYPER, and which lines are enabled. nil for everything else, which `emulate` knows.
  @inline(__always)
  public func readAtOnce(_ address: UInt64) -> UInt32? {
    let offset = address &- cpu.own.distributorWindow
    // GICD_ISENABLER and GICD_ICENABLER, 32 words each, one behind the other.
    if offset & ~0xFC == UInt64(DistributorRegister.setEnable) {
      let word = Int(truncatingIfNeeded: offset >> 2 & 31)
      if word != 0 { return domain.state.enabled[word].load(ordering: .relaxed) }
      return H.isGICv2 ? cpu.state.redistributor.enabled.load(ordering: .relaxed) : nil
    }
    if offset & ~4 == 0 { return UInt32(truncatingIfNeeded: readDistributorHead(UInt32(truncatingIfNeeded: offset))) }
    let privateOffset = address &- cpu.own.interruptFrameWindow
    if !H.isGICv2, privateOffset & ~0x80 == UInt64(DistributorRegister.setEnable) {
      return cpu.state.redistributor.enabled.load(ordering: .relaxed)
    }
    return nil
  }

  /// Puts what was read into its register.
  @inline(__always)
  func load(_ frame: TrapFrame, _ abort: AbortSyndrome, _ value: UInt64) {
    frame[abort.register] = abort.isWord ? value & 0xFFFF_FFFF : abort.extended(value)
  }
}
