import ImageFormat

// A domain's accesses to its virtual devices. Each kind is emulated in a file of its own.
extension VirtualCPU {
  /// Carries out an aligned access to one of the domain's virtual devices.
  ///
  /// - Parameters:
  ///   - address: guest address.
  ///   - abort: a valid syndrome (ISV).
  ///   - frame: the domain's registers.
  /// - Returns: false if none is there.
  @inline(never)
  func emulateDevice(at address: UInt64, _ abort: AbortSyndrome, _ frame: TrapFrame) -> Bool {
    let first = domain.record.firstVirtualDevice
    for index in first..<first &+ domain.record.virtualDeviceCount {
      let device = partition.virtualDevice(index)
      let offset = address &- device.base
      if offset >= device.size { continue }
      if abort.isWrite {
        write(device, UInt32(truncatingIfNeeded: offset), size: abort.size, abort.truncated(frame[abort.register]))
      } else {
        load(frame, abort, read(device, UInt32(truncatingIfNeeded: offset), size: abort.size))
      }
      return true
    }
    return false
  }

  /// Reads a register of a virtual device.
  func read(_ device: VirtualDeviceRecord, _ offset: UInt32, size: Int) -> UInt64 {
    switch VirtualDeviceKind(rawValue: device.kind) {
    case .watchdog: readWatchdog(device, offset, size: size)
    case .pciHost: readConfiguration(offset, size: size)
    case .pciFunction: readFunction(device, offset, size: size)
    case .doorbell, .listener, .functionMemory, nil: 0
    }
  }

  /// Writes a register of a virtual device.
  func write(_ device: VirtualDeviceRecord, _ offset: UInt32, size: Int, _ value: UInt64) {
    switch VirtualDeviceKind(rawValue: device.kind) {
    case .doorbell: ring(device)
    case .watchdog: writeWatchdog(device, offset, size: size, value)
    case .pciHost: writeConfiguration(offset, size: size, value)
    case .pciFunction: writeFunction(device, offset, size: size, value)
    case .listener, .functionMemory, nil: break
    }
  }
}
