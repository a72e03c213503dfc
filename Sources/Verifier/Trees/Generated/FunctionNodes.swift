import DeviceTree
import Manifest
import Ownership

/// The PCI bus on which a domain sees channels as functions (kernel binding `host-generic-pci.yaml`), held against its
/// records and the manifest.
struct FunctionNodes {
  private(set) var faults: [TreeFault] = []
  /// By channel: the pages that its function shows.
  private(set) var places: [String: AddressRange] = [:]

  /// The name of the bus by the records; `nil` for a domain without one.
  static func busName(_ record: DomainReading) -> String? {
    record.virtualDevices.first { $0.kind == .pciHost }?.registers.map { "pci@\(String($0.base, radix: 16))" }
  }

  /// Looks at the bus of a tree, and at each function on it.
  init(_ match: TreeMatch, _ record: DomainReading) {
    let name = match.domain.declaration.name.value
    let channels = match.board.manifest.channels.filter { $0.kind.value == .memory && $0.form(for: name) == .pci }
    let functions = record.virtualDevices.filter { $0.kind == .pciFunction }
    let pages = record.virtualDevices.filter { $0.kind == .functionMemory }.compactMap(\.registers)
    guard functions.count == channels.count, pages.count == channels.count else {
      let words =
        "has \(functions.count) channels as PCI functions by its record, and \(channels.count) by the manifest"
      faults.append(TreeFault(path: "/", property: "", message: words))
      return
    }
    guard let bus = match.tree.nodes.first(where: { match.origins[$0.index] == .functionBus }) else { return }
    faults += form(of: bus, match, record, functions, pages).faults(of: bus)
    if bus.children.count != channels.count {
      let words = "has \(bus.children.count) functions, and the record \(channels.count)"
      faults.append(TreeFault(path: bus.path, property: "", message: words))
    }
    for (number, child) in bus.children.enumerated() where number < channels.count {
      look(match.tree.nodes[child], UInt32(number), channels[number], isWriter: channels[number].writer.value == name)
      if (functions[number].parameter == 0) != (channels[number].writer.value == name) {
        let words = "is that of a \(functions[number].parameter == 0 ? "writer" : "reader") by its record"
        faults.append(TreeFault(path: match.tree.nodes[child].path, property: "", message: words))
      }
      places[channels[number].name.value] = pages[number]
    }
  }

  private mutating func look(_ node: Node, _ number: UInt32, _ channel: ChannelDeclaration, isWriter: Bool) {
    if node.name != "channel@\(String(number, radix: 16))" {
      faults.append(TreeFault(path: node.path, property: "", message: "is function \(number) by its place"))
    }
    faults += NodeForm { form in
      form.set("compatible", "pci1af4,1110")
      form.set("reg", cells: [number << 11, 0, 0, 0, 0])
      form.set("label", channel.name.value)
      form.set("bulkhead,role", isWriter ? "writer" : "reader")
    }.faults(of: node)
  }

  private func form(
    of bus: Node, _ match: TreeMatch, _ record: DomainReading, _ functions: [VirtualDeviceReading],
    _ pages: [AddressRange]
  ) -> NodeForm {
    let window = record.virtualDevices.first { $0.kind == .pciHost }?.registers
    let controller = match.controller?.phandle ?? 0
    return NodeForm { form in
      form.set("compatible", "pci-host-cam-generic")
      form.set("device_type", "pci")
      form.set("reg", numbers: [window?.base ?? 0, window?.size ?? 0])
      form.set("bus-range", cells: [0, 0])
      form.set("#address-cells", cells: [3])
      form.set("#size-cells", cells: [2])
      form.set("#interrupt-cells", cells: [1])
      form.set(
        "ranges",
        cells: zip(functions, pages).flatMap { function, memory in
          Self.range(function.registers, isPrefetchable: false) + Self.range(memory, isPrefetchable: true)
        })
      form.set("interrupt-map-mask", cells: [0xF800, 0, 0, 7])
      form.set(
        "interrupt-map",
        cells: functions.enumerated().flatMap { number, function in
          function.intid.map { [UInt32(number) << 11, 0, 0, 1, controller] + InterruptCells.level($0) } ?? []
        })
    }
  }

  /// Seven cells: a PCI address, whose first cell has the space (2 memory below 4 GiB, 3 memory) in bits 25:24 and bit 30
  /// for prefetchable memory (IEEE 1275 PCI bus binding, 2.2.1.1); the CPUs' address, the same; and the size.
  private static func range(_ range: AddressRange?, isPrefetchable: Bool) -> [UInt32] {
    guard let range else { return [] }
    func cells(_ number: UInt64) -> [UInt32] { [UInt32(number >> 32), UInt32(number & 0xFFFF_FFFF)] }
    let space: UInt32 = range.last >> 32 == 0 ? 0x0200_0000 : 0x0300_0000
    let place = cells(range.base)
    return [space | (isPrefetchable ? 0x4000_0000 : 0)] + place + place + cells(range.size)
  }
}
