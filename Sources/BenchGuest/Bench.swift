import GuestKit
import GuestSupport

/// The measurements: each a thousand times, the least and the greatest reported with the bare cost taken off.
///
/// Every operation is one instruction of the guest; what is reported is everything beyond it.
struct Bench {
  /// PSCI function ids (Arm DEN 0022, section 5).
  private static var version: UInt64 { 0x8400_0000 }
  static var systemOff: UInt64 { 0x8400_0008 }

  /// INTID of the virtual timer's PPI (Arm BSA; every board has it there) and of the SGI that is sent.
  private static var timerInterrupt: UInt32 { 27 }
  private static var softwareInterrupt: UInt32 { 1 }

  let hardware: BenchHardware

  /// Operations that a hypervisor may have to emulate; interrupts are masked.
  func measureTraps() {
    if hardware.measuresCalls {
      measure("hvc-psci-version") { guest_measure_hypervisor_call(Bench.version) }
      measure("smc-psci-version") { guest_measure_firmware_call(Bench.version) }
    }
    let distributor = hardware.interrupts.distributor
    let privateInterrupts = hardware.interrupts.privateInterrupts
    let line = hardware.ownLine
    measure("gicd-typer-read") { guest_measure_load32(distributor + 0x4) }
    measure("gicd-isenabler1-read") { guest_measure_load32(distributor + 0x104) }
    measure("gicd-isenabler1-write") { guest_measure_store32(distributor + 0x104, line) }
    guest_store32(distributor + 0x184, line)
    measure("gicr-isenabler0-read") { guest_measure_load32(privateInterrupts + 0x100) }
    hardware.interrupts.enable(privateInterrupt: Bench.softwareInterrupt)
    let request = hardware.interrupts.requestToSelf(softwareInterrupt: Bench.softwareInterrupt)
    if hardware.interrupts.cpuInterface == nil {
      measure("icc-sgi1r-write") { guest_measure_sgi(request) }
    } else {
      let register = distributor + 0xF00
      measure("icc-sgi1r-write") { guest_measure_store32(register, UInt32(request)) }
    }
  }

  /// From the cause of an interrupt to the handler's first instruction; the handler notes the time with its second.
  func measureInterrupts() {
    hardware.interrupts.enable(privateInterrupt: Bench.timerInterrupt)
    guest_enable_interrupts()
    // What the masked SGIs above left pending arrives now.
    _ = timeOfInterrupt()

    let request = hardware.interrupts.requestToSelf(softwareInterrupt: Bench.softwareInterrupt)
    let isGICv2 = hardware.interrupts.cpuInterface != nil
    let register = hardware.interrupts.distributor + 0xF00
    var timer = Series()
    var software = Series()
    for _ in 0..<Series.length {
      let deadline = guest_counter() + 20_000
      guest_set_timer(deadline)
      timer.add(timeOfInterrupt() - deadline - 1)
      let sent = isGICv2 ? guest_send_timed_sgir(register, UInt32(request)) : guest_send_timed_sgi(request)
      software.add(timeOfInterrupt() - sent - 1)
    }
    guest_disable_interrupts()
    report("timer-to-handler", timer, less: 0)
    report("self-sgi-to-handler", software, less: 0)
  }

  /// Writes one machine-readable line.
  func report(_ name: StaticString, _ value: UInt64) {
    line(name, suffix: "", value)
  }

  private func measure(_ name: StaticString, _ operation: () -> UInt64) {
    var nothing = Series()
    var series = Series()
    for _ in 0..<Series.length {
      nothing.add(guest_measure_nothing())
      series.add(operation())
    }
    report(name, series, less: nothing.least + 1)
  }

  private func report(_ name: StaticString, _ series: Series, less bare: UInt64) {
    line(name, suffix: "", series.least - min(series.least, bare))
    line(name, suffix: "-worst", series.greatest - min(series.greatest, bare))
  }

  private func line(_ name: StaticString, suffix: StaticString, _ value: UInt64) {
    let serial = hardware.serial
    serial.write("bench ")
    serial.write(name)
    serial.write(suffix)
    serial.write(" ")
    serial.write(decimal: value)
    serial.endLine()
  }
}
