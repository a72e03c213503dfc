import GuestKit
import GuestSupport
import GuestTree

/// What the cluster works with, all of it found in its device tree.
struct ClusterHardware {
  /// The name of the channel that it writes.
  static var channelName: StaticString { "telemetry" }

  /// Where it says what it does; `nil` for a domain without a console.
  let serial: SerialPort?
  let interrupts: InterruptController
  /// INTID of the EL1 virtual timer.
  let timerInterrupt: UInt32
  /// The shared page; `nil` where the tree has no such channel (the guest alone in an emulator).
  let telemetry: TelemetryPage?

  /// Finds everything; `nil` without interrupts or a timer.
  init?(tree: Span<UInt8>) {
    serial = SerialPort(tree: tree)
    guard let interrupts = InterruptController(tree: tree) else {
      serial?.write("no usable GIC in the device tree")
      serial?.endLine()
      return nil
    }
    guard let timer = ClusterHardware.virtualTimer(in: tree) else {
      serial?.write("no virtual timer in the device tree")
      serial?.endLine()
      return nil
    }
    self.interrupts = interrupts
    timerInterrupt = timer
    let channel = TreeSearch.find(
      .labelled(ClusterHardware.channelName, compatible: "bulkhead,channel"), in: tree)
    telemetry = channel?.registers(0, in: tree).flatMap { pages in
      TelemetryPage(registers: pages, doorbell: channel?.registers(1, in: tree))
    }
  }

  /// Says what was found: the CPU, the memory, the timer, the channel, and every device that the tree gives it.
  func introduce(tree: Span<UInt8>) {
    guard let serial else { return }
    serial.write("instrument cluster: CPU ")
    serial.write(hexadecimal: guest_processor())
    serial.write(" of affinity ")
    // Without the bits that are no affinity (Arm DDI 0487, MPIDR_EL1).
    serial.write(hexadecimal: guest_affinity() & 0xFF_00FF_FFFF)
    serial.endLine()
    if let memory = TreeSearch.find(.deviceType("memory"), in: tree)?.registers(0, in: tree) {
      serial.write("instrument cluster: ")
      serial.write(decimal: memory.size >> 20)
      serial.write(" MiB of memory at ")
      serial.write(hexadecimal: memory.base)
      serial.endLine()
    }
    introduceInterruptsAndChannel(serial)
    TreeDevices.visit(in: tree) { name, registers in
      serial.write("instrument cluster: has ")
      for index in name { serial.write(tree[index]) }
      serial.write(" at ")
      serial.write(hexadecimal: registers.base)
      serial.endLine()
    }
    if let clock = RealTimeClock(tree: tree) {
      serial.write("instrument cluster: the clock shows ")
      serial.write(decimal: clock.seconds)
      serial.write(" s")
      serial.endLine()
    }
  }

  private func introduceInterruptsAndChannel(_ serial: SerialPort) {
    serial.write("instrument cluster: virtual timer on interrupt ")
    serial.write(decimal: UInt64(timerInterrupt))
    if let telemetry {
      serial.write(", speed on the channel at ")
      serial.write(hexadecimal: telemetry.base)
    } else {
      serial.write(", no telemetry channel")
    }
    serial.endLine()
  }

  /// The third interrupt of the architected timer's node is the virtual timer's (Linux, `arm,arch_timer.yaml`): a PPI.
  private static func virtualTimer(in tree: Span<UInt8>) -> UInt32? {
    guard let node = TreeSearch.find(.compatible("arm,armv8-timer"), in: tree),
      let value = node.property("interrupts", in: tree), value.count >= 16
    else { return nil }
    // Three cells, or four with the PPI partition, for each of the four interrupts or more.
    let cells = value.count % 16 == 0 && value.count % 12 != 0 ? 4 : 3
    guard node.cell(2 * cells, of: "interrupts", in: tree) == 1,
      let number = node.cell(2 * cells + 1, of: "interrupts", in: tree), number < 16
    else { return nil }
    return number + 16
  }
}
