import DeviceTree
import Ownership
import Partition

/// The PCI bus on which the domain sees channels as functions (kernel binding `host-generic-pci.yaml`), with a node for each
/// function, so that a person and a program can tell which channel it is.
enum FunctionNodes {
  /// The bus; none for a domain without one.
  static func nodes(_ domain: DomainPlan, gic: UInt32) -> [TreeNode] {
    let devices = domain.virtualDevices
    guard let window = devices.first(where: { $0.kind == .pciHost })?.registers else { return [] }
    let functions = devices.indices.filter { devices[$0].isFunction }.compactMap { index -> Function? in
      guard devices.indices.contains(index + 1), let registers = devices[index].registers,
        let memory = devices[index + 1].registers
      else { return nil }
      return Function(device: devices[index], registers: registers, memory: memory)
    }
    var bus = TreeNode("pci@\(String(window.base, radix: 16))")
    bus.set("compatible", "pci-host-cam-generic")
    bus.set("device_type", "pci")
    bus.set("reg", numbers: [window.base, window.size])
    bus.set("bus-range", cells: [0, 0])
    bus.set("#address-cells", cells: [3])
    bus.set("#size-cells", cells: [2])
    bus.set("#interrupt-cells", cells: [1])
    bus.set("ranges", cells: functions.flatMap { entry($0.registers, 0) + entry($0.memory, prefetchable) })
    // Which bits of an address count: the device; and of the pin all.
    bus.set("interrupt-map-mask", cells: [0xF800, 0, 0, 7])
    bus.set(
      "interrupt-map",
      cells: functions.enumerated().flatMap { number, function in
        function.device.intid.map { intid in
          [UInt32(number) << 11, 0, 0, 1, gic] + GICInterrupt(intid: intid, flags: GICInterrupt.levelHigh).cells
        } ?? []
      })
    bus.children = functions.enumerated().map { number, function in node(UInt32(number), function.device) }
    return [bus]
  }

  private struct Function {
    let device: VirtualDevice
    let registers: AddressRange
    let memory: AddressRange
  }

  /// Bit 30 of a PCI address (IEEE 1275 PCI bus binding, 2.2.1.1).
  private static let prefetchable: UInt32 = 1 << 30

  /// A range of the bus that is the same range of the CPUs' addresses: memory space of 32 bits (2) or of 64 (3).
  private static func entry(_ range: AddressRange, _ flags: UInt32) -> [UInt32] {
    let space: UInt32 = range.last <= UInt64(UInt32.max) ? 2 : 3
    let place = cells(range.base)
    return [flags | space << 24] + place + place + cells(range.size)
  }

  private static func cells(_ number: UInt64) -> [UInt32] {
    [UInt32(truncatingIfNeeded: number >> 32), UInt32(truncatingIfNeeded: number)]
  }

  private static func node(_ number: UInt32, _ device: VirtualDevice) -> TreeNode {
    var node = TreeNode("channel@\(String(number, radix: 16))")
    node.set("compatible", "pci1af4,1110")
    node.set("reg", cells: [number << 11, 0, 0, 0, 0])
    node.set("label", device.name)
    node.set("bulkhead,role", device.kind == .function(position: 0) ? "writer" : "reader")
    return node
  }
}

extension VirtualDevice {
  /// Whether it is a channel's PCI function.
  var isFunction: Bool {
    if case .function = kind { true } else { false }
  }
}
