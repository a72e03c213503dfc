import DeviceTree
import Diagnostics
import Ownership

extension DeviceListing {
  /// The listing as a value to be written as JSON. Addresses are texts in hexadecimal, interrupts INTIDs.
  public var json: JSONValue {
    [
      "board": .string(board.name), "tree": .string(board.treeFile),
      "cpus": .array(board.cpus.map { .string($0.path) }),
      "memory": .array(board.memory.map { $0.range.json }),
      "interrupt-controller": board.interruptController.map { .string($0.path) } ?? .null,
      "smmus": .array(board.smmus.map { ["path": .string($0.path), "enabled": .boolean($0.isEnabled)] }),
      "devices": .array(devices.map(\.json)),
      "faults": .array(board.faults.map(\.json)),
    ]
  }
}

extension ListedDevice {
  /// The device as a value to be written as JSON.
  public var json: JSONValue {
    [
      "path": .string(device.path), "compatible": .array(device.compatible.map { .string($0) }),
      "enabled": .boolean(device.isEnabled), "assignable": .boolean(isAssignable),
      "obstacles": .array(obstacles.map { .string($0.description) }),
      "registers": .array(device.registers.map(\.json)),
      "pci-windows": .array(device.pciWindows.map(\.json)),
      "interrupts": .array(device.interrupts.map { .unsigned(UInt64($0.intid)) }),
      "streams": .array(
        device.streams.map { stream in
          [
            "smmu": .string(stream.smmu), "id": .unsigned(UInt64(stream.stream)),
            "mask": .unsigned(UInt64(stream.mask)), "live": .boolean(stream.isLive), "from": .string(stream.source),
          ]
        }),
      "dma-windows": .array(
        device.dmaWindows.map { window in
          [
            "address": .string(window.address.hexadecimal), "cpu-address": .string(window.cpuAddress.hexadecimal),
            "size": .unsigned(window.size),
          ]
        }),
      "dma-master": .boolean(device.isDMAMaster), "needs-dma-unprotected": .boolean(isUnprotectedMaster),
      "stops-the-board": stopReason.map { .string($0.words) } ?? .null,
      "conflicts": .array(companions.map { $0.json(seenFrom: device.path) }),
      "shared-providers": .array(sharedProviders.map { .string($0) }),
    ]
  }
}

extension ExclusiveClaim {
  fileprivate var json: JSONValue {
    [
      "kind": .string(kind.rawValue), "controller": .string(controller),
      "number": line.number.map { .string($0) } ?? .null, "property": .string(property), "from": .string(node),
    ]
  }
}

extension SharedProvider {
  fileprivate var json: JSONValue {
    [
      "path": .string(path), "kinds": .array(kinds.map { .string($0.rawValue) }), "firmware": .boolean(isFirmware),
      "direct": .boolean(isDirect),
      "others": .array(others.map { .string($0) }),
    ]
  }
}

extension DeviceDetail {
  /// The details as a value to be written as JSON.
  public var json: JSONValue {
    [
      "path": .string(path), "compatible": .array(compatible.map { .string($0) }),
      "device": device.map(\.json) ?? .null, "children": .array(children.map { .string($0) }),
      "conflicts": .array(conflicts.map { $0.json(seenFrom: path) }),
      "references": .array(
        references.map { reference in
          [
            "kind": .string(reference.kind.rawValue), "property": .string(reference.property),
            "target": .string(reference.target),
            "specifier": .array(reference.specifier.map { .unsigned(UInt64($0)) }),
          ]
        }),
      "dependencies": .array(
        closure.edges.map { dependency in
          [
            "path": .string(dependency.to), "kind": .string(dependency.kind.rawValue),
            "role": .string(dependency.role.rawValue), "property": .string(dependency.property),
            "from": .string(dependency.from),
            "specifier": .array(dependency.specifier.map { .unsigned(UInt64($0)) }),
          ]
        }),
      "claims": .array(claims.map(\.json)), "shared-providers": .array(sharedProviders.map(\.json)),
      "suspects": .array(suspects.map { .string($0) }), "faults": .array(faults.map(\.json)),
    ]
  }
}

extension DeviceConflict {
  /// The conflict as one of the two devices, or a node above it, sees it.
  fileprivate func json(seenFrom path: String) -> JSONValue {
    let isFirst = first == path || first.hasPrefix(path + "/")
    return ["with": .string(isFirst ? second : first), "resource": .string(resource.description)]
  }
}

extension AddressRange {
  fileprivate var json: JSONValue { ["base": .string(base.hexadecimal), "last": .string(last.hexadecimal)] }
}

extension TreeFault {
  fileprivate var json: JSONValue {
    ["path": .string(path), "property": .string(property), "message": .string(message)]
  }
}
