import HypervisorCore
import HypervisorEntry

/// Calls to the firmware, by SMC.
enum Firmware {
  /// Makes a call and gives x0 of the answer.
  static func call(_ function: UInt32, _ x1: UInt64 = 0, _ x2: UInt64 = 0, _ x3: UInt64 = 0) -> UInt64 {
    var frame = TrapFrame(registers: InlineArray(repeating: 0))
    frame[0] = UInt64(function)
    frame[1] = x1
    frame[2] = x2
    frame[3] = x3
    // Sound: the frame outlives the call, which reads and writes its first eighteen registers.
    unsafe withUnsafeMutablePointer(to: &frame) { pointer in
      unsafe call_firmware(UInt64(UInt(bitPattern: pointer)))
    }
    return frame[0]
  }

  /// PSCI CPU_ON of a physical CPU. QEMU's firmware compares every bit of the affinity, so bit 31 has to be clear.
  static func turnOn(affinity: UInt64, entry: UInt64, context: UInt64) -> UInt64 {
    call(PSCIFunction.cpuOn | PSCIFunction.wide, affinity & ~(1 << 31), entry, context)
  }

  /// PSCI SYSTEM_OFF. Returns only if the firmware cannot.
  static func powerOff() { _ = call(PSCIFunction.systemOff) }
}
