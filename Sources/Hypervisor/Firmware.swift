import HypervisorCore
import HypervisorEntry
import ImageFormat

/// Calls to the firmware, by SMC. On a board with spin tables nothing may be there to answer, so that none is made.
enum Firmware {
  /// PSCI CPU_ON of a physical CPU. QEMU's firmware compares every bit of the affinity, so bit 31 has to be clear.
  static func turnOn(affinity: UInt64, entry: UInt64, context: UInt64) -> UInt64 {
    ask_firmware(UInt64(PSCIFunction.cpuOn | PSCIFunction.wide), affinity & ~(1 << 31), entry, context)
  }

  /// What a report of the end of everything says comes next.
  static var lastStep: StaticString {
    Current.cpu.partition.hasFirmware
      ? "; powering off" : "; no firmware could power the board off, so its CPUs wait for ever"
  }

  /// PSCI SYSTEM_OFF. Returns only if the firmware cannot.
  static func powerOff() {
    if Current.cpu.partition.hasFirmware { _ = ask_firmware(UInt64(PSCIFunction.systemOff), 0, 0, 0) }
  }
}
