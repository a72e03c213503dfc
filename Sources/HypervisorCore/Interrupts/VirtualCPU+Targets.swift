import ImageFormat
import Synchronization

// GICv2: which CPUs an SPI goes to, a bit for each CPU interface. A domain knows its own CPUs as interfaces 0 and up.
extension VirtualCPU {
  /// GICD_ITARGETSR of the four lines around `line`. With one CPU it is zero (Arm IHI 0048, 4.3.12).
  func readTargets(_ line: UInt32) -> UInt32 {
    if domain.cpuCount == 1 { return 0 }
    if line < 32 { return (1 &<< UInt32(truncatingIfNeeded: index)) &* 0x0101_0101 }
    let physical = hardware.load32(distributor + UInt64(DistributorRegister.targets) + UInt64(line & ~3))
    var targets: UInt32 = 0
    for byte in 0..<UInt32(4) where isOwn(line & ~3 | byte) {
      let cpus =
        isVirtual(line & ~3 | byte)
        ? 1 &<< UInt32(domain.state.virtualLines.target(line & ~3 | byte))
        : domain.cpus(interfaces: physical >> (byte * 8) & 0xFF)
      targets |= cpus << (byte * 8)
    }
    return targets
  }

  /// Sends those of the four lines around `line` whose bytes are in `mask` to CPUs of the domain, each to the ones that
  /// are named, or to none. A line that EL2 makes goes to one, and stays where it is if none is named.
  func setTargets(_ line: UInt32, _ value: UInt32, mask: UInt32) {
    if domain.cpuCount == 1 || line < 32 { return }
    let everyone: UInt32 = (1 &<< UInt32(truncatingIfNeeded: domain.cpuCount)) &- 1
    for byte in 0..<UInt32(4) where mask >> (byte * 8) & 0xFF != 0 && isOwn(line & ~3 | byte) {
      let line = line & ~3 | byte
      let cpus = value >> (byte * 8) & 0xFF & everyone
      if !isVirtual(line) {
        // By the byte: other lines of the word may be another domain's.
        hardware.store8(
          distributor + UInt64(DistributorRegister.targets) + UInt64(line),
          UInt8(truncatingIfNeeded: domain.interfaces(of: cpus)))
      } else if cpus != 0 {
        setVirtualTarget(line, cpus.trailingZeroBitCount)
      }
    }
  }

  /// The lines of a GICD_ITARGETSR's word or byte.
  func targetsLine(_ offset: UInt32) -> UInt32? {
    H.isGICv2 && (DistributorRegister.targets..<DistributorRegister.targets + 1020).contains(offset)
      ? offset - DistributorRegister.targets : nil
  }
}
