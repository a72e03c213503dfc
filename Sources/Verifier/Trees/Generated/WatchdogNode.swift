import DeviceTree
import Ownership

/// The virtual watchdog (kernel binding `arm,sbsa-gwdt.yaml`).
enum WatchdogNode {
  private static func device(_ record: DomainReading) -> VirtualDeviceReading? {
    record.virtualDevices.first { $0.kind == .watchdog }
  }

  /// The node's name by the record; `nil` for a domain without.
  static func name(_ record: DomainReading) -> String? {
    device(record)?.registers.map { "watchdog@\(String($0.base, radix: 16))" }
  }

  /// The control frame and the refresh frame behind it, a page each (Arm DEN0094), and WS0's interrupt, level sensitive.
  static func form(_ record: DomainReading) -> NodeForm {
    NodeForm { form in
      guard let device = device(record), let base = device.registers?.base else { return }
      form.set("compatible", "arm,sbsa-gwdt")
      form.set("reg", numbers: [base, Granule.page, base &+ Granule.page, Granule.page])
      form.set("interrupts", cells: InterruptCells.level(device.intid ?? 0))
    }
  }
}
