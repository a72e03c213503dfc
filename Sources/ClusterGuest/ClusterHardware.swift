import GuestKit
import GuestTree

/// What the cluster works with, all of it found in its device tree.
struct ClusterHardware {
  /// The name of the channel that it writes.
  static var channelName: StaticString { "telemetry" }

  let serial: SerialPort
  let interrupts: InterruptController
  /// INTID of the EL1 virtual timer.
  let timerInterrupt: UInt32
  /// The shared page; `nil` where the tree has no such channel (the guest alone in an emulator).
  let telemetry: TelemetryPage?

  /// Finds everything; `nil` without a console (then there is nobody to tell) or without interrupts.
  init?(tree: Span<UInt8>) {
    guard let serial = SerialPort(tree: tree) else { return nil }
    self.serial = serial
    guard let interrupts = InterruptController(tree: tree) else {
      serial.write("no usable GICv3 in the device tree")
      serial.endLine()
      return nil
    }
    guard let timer = ClusterHardware.virtualTimer(in: tree) else {
      serial.write("no virtual timer in the device tree")
      serial.endLine()
      return nil
    }
    self.interrupts = interrupts
    timerInterrupt = timer
    let channel = TreeSearch.find(
      .labelled(ClusterHardware.channelName, compatible: "bulkhead,channel"), in: tree)
    telemetry = channel?.registers(0, in: tree).flatMap { TelemetryPage(registers: $0) }
  }

  /// Says what was found.
  func introduce() {
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
