import ImageFormat

// Channels that the domain sees as PCI functions. One of its CPUs at a time changes a function, under the domain's lock;
// a peer's CPU sets its status and then, if the function lets interrupts through, asserts the line.
extension VirtualCPU {
  /// Reads the configuration space of the bus: all ones where no function is, as an abort by the host bridge reads
  /// (PCI Local Bus 3.0, 6.1).
  func readConfiguration(_ offset: UInt32, size: Int) -> UInt64 {
    guard let index = function(at: offset), let handle = partition.virtualDevice(index).functionState else {
      return .max
    }
    var value: UInt64 = 0
    alone {
      value = configuration(of: index).readConfiguration(offset & 0xFF, size: size, handle.state)
      settle(partition.virtualDevice(index), handle)
    }
    return value
  }

  /// Writes the configuration space of the bus.
  func writeConfiguration(_ offset: UInt32, size: Int, _ value: UInt64) {
    guard let index = function(at: offset), let handle = partition.virtualDevice(index).functionState else { return }
    alone {
      configuration(of: index).writeConfiguration(offset & 0xFF, size: size, value, handle.state)
      settle(partition.virtualDevice(index), handle)
    }
  }

  /// Reads a function's registers.
  func readFunction(_ device: VirtualDeviceRecord, _ offset: UInt32, size: Int) -> UInt64 {
    guard let handle = device.functionState else { return 0 }
    var value: UInt64 = 0
    alone {
      value = registers(of: device).read(offset, size: size, handle.state)
      settle(device, handle)
    }
    return value
  }

  /// Writes a function's registers. The writer's Doorbell rings at the reader that it names; a reader's at nobody.
  func writeFunction(_ device: VirtualDeviceRecord, _ offset: UInt32, size: Int, _ value: UInt64) {
    guard let handle = device.functionState else { return }
    var peer: UInt16?
    alone {
      peer = registers(of: device).write(offset, size: size, value, handle.state)
      settle(device, handle)
    }
    if let peer, device.parameter == 0 { ring(device, only: peer) }
  }

  /// The record behind an address of the bus in the form of CAM: of bus 0, function 0 of device n is the domain's n-th.
  private func function(at offset: UInt32) -> UInt32? {
    if offset & 0x700 != 0 { return nil }
    var left = offset >> 11
    let first = domain.record.firstVirtualDevice
    for index in first..<first &+ domain.record.virtualDeviceCount
    where partition.virtualDevice(index).kind == VirtualDeviceKind.pciFunction.rawValue {
      if left == 0 { return index }
      left &-= 1
    }
    return nil
  }

  /// What a function's record and the one behind it, its channel's, say of its configuration space.
  private func configuration(of index: UInt32) -> SharedMemoryFunction {
    let memory = partition.virtualDevice(index &+ 1)
    return SharedMemoryFunction(
      registers: partition.virtualDevice(index).base, memory: memory.base, size: memory.size)
  }

  private func registers(of device: VirtualDeviceRecord) -> SharedMemoryRegisters {
    SharedMemoryRegisters(position: UInt16(truncatingIfNeeded: device.parameter))
  }

  /// Brings the line in step with the function. A peer may ring in between: what it asserts is not taken back for what
  /// was read before.
  private func settle(_ device: VirtualDeviceRecord, _ handle: FunctionHandle) {
    if device.intid == 0 { return }
    let isAsserted = handle.state.interrupt
    setLevel(device.intid, isAsserted)
    if !isAsserted, handle.state.interrupt { setLevel(device.intid, true) }
  }
}
