extension DeviceTree {
  /// A node's `reg`, each entry followed through the `ranges` of every bus above it.
  ///
  /// An entry has no CPU address, and that is no fault, if a bus above has no `ranges` or no sizes, or if it is in
  /// PCI's configuration space. It is a fault if a bus above has `ranges` that do not hold it.
  public func registers(of node: Node) -> Registers {
    guard let reg = node.property("reg") else { return Registers(entries: [], faults: []) }
    return registers(of: node, property: reg)
  }

  /// The same for another property in the form of `reg` (`assigned-addresses`).
  public func registers(of node: Node, property: Property) -> Registers {
    func fault(_ message: String) -> TreeFault {
      TreeFault(path: node.path, property: property.name, message: message)
    }
    guard let parent = node.parent else {
      return Registers(entries: [], faults: [fault("stands in the root node, which has no address")])
    }
    let bus = buses[parent]
    if let busFault = bus.fault { return Registers(entries: [], faults: [busFault]) }
    let stride = bus.addressCells + bus.sizeCells
    guard bus.addressCells > 0 else {
      return Registers(entries: [], faults: [fault("stands below a node that gives its children no addresses")])
    }
    guard let cells = property.cells, cells.count.isMultiple(of: stride) else {
      let message = "has \(property.value.count) bytes, which is no multiple of \(stride) cells"
      return Registers(entries: [], faults: [fault(message)])
    }
    guard cells.count / stride <= TreeLimits.listEntries else {
      return Registers(entries: [], faults: [fault("has more than \(TreeLimits.listEntries) entries")])
    }
    var entries: [RegisterEntry] = []
    var faults: [TreeFault] = []
    for index in 0..<cells.count / stride {
      var reader = CellReader(cells[index * stride..<(index + 1) * stride])
      let address = reader.number(bus.addressCells)
      let size = UInt64(truncatingIfNeeded: reader.number(bus.sizeCells))
      let result = bus.sizeCells == 0 ? .notMapped : translate(address, size: size, from: parent)
      if let message = result.message { faults.append(fault("entry \(index) \(message)")) }
      entries.append(RegisterEntry(index: index, busAddress: address, size: size, address: result.address))
    }
    return Registers(entries: entries, faults: faults)
  }

  /// Follows `size` bytes from `address`, which the children of node `bus` use, to the CPUs' address map.
  func translate(_ address: UInt128, size: UInt64, from bus: Int) -> Translation {
    var address = address
    var index = bus
    var overrun: String?
    while let above = nodes[index].parent {
      let bus = buses[index]
      switch bus.mapping {
      case .none:
        return .notMapped
      case .malformed(let reason):
        return .fault("cannot be followed: ranges of \(nodes[index].path) \(reason)")
      case .identity:
        if bus.isPCI, PCIAddress.space(of: address) == PCIAddress.configuration { return .notMapped }
        if bus.isPCI, !buses[above].isPCI { address = PCIAddress.offset(of: address) }
      case .windows(let windows):
        let step = windows.map(address, size: UInt128(size), isPCI: bus.isPCI)
        switch step {
        case .notMapped: return .notMapped
        case .outside: return .fault("(\(hexadecimal(address))) lies in no range of \(nodes[index].path)")
        case .mapped(let result, let fits):
          if !fits {
            overrun =
              "(\(hexadecimal(address)), \(hexadecimal(size)) bytes) runs past its range of \(nodes[index].path)"
          }
          address = result
        }
      }
      index = above
    }
    guard let result = UInt64(exactly: address) else {
      return .fault("ends at \(hexadecimal(address)), beyond 64 bits")
    }
    guard size == 0 || !result.addingReportingOverflow(size - 1).overflow else {
      return .fault("(\(hexadecimal(result)), \(hexadecimal(size)) bytes) runs past 2^64")
    }
    return overrun.map { .overrun(result, $0) } ?? .mapped(result)
  }
}

/// The number as it is written in device trees and manuals.
func hexadecimal(_ number: some BinaryInteger) -> String { "0x" + String(number, radix: 16) }
