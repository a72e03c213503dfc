import HypervisorCore
import HypervisorEntry

/// Calls to the firmware, by SMC.
enum Firmware {
  /// PSCI CPU_ON of a physical CPU. QEMU's firmware compares every bit of the affinity, so bit 31 has to be clear.
  static func turnOn(affinity: UInt64, entry: UInt64, context: UInt64) -> UInt64 {
    ask_firmware(UInt64(PSCIFunction.cpuOn | PSCIFunction.wide), affinity & ~(1 << 31), entry, context)
  }

  /// PSCI SYSTEM_OFF. Returns only if the firmware cannot.
  static func powerOff() { _ = ask_firmware(UInt64(PSCIFunction.systemOff), 0, 0, 0) }
}
