import ImageFormat

/// The state of a channel's PCI function.
@safe struct FunctionHandle {
  private let pointer: UnsafePointer<SharedMemoryFunctionState>

  init(_ pointer: UnsafePointer<SharedMemoryFunctionState>) { unsafe self.pointer = unsafe pointer }

  var state: SharedMemoryFunctionState {
    // Sound: it lives as long as EL2, and is atomic throughout.
    unsafeAddress { unsafe pointer }
  }
}

extension VirtualDeviceRecord {
  /// The state of a device that is a PCI function.
  var functionState: FunctionHandle? {
    // Sound: the compiler reserves a zeroed SharedMemoryFunctionState for this kind, for which zero is a valid value.
    guard kind == VirtualDeviceKind.pciFunction.rawValue, let pointer = unsafe functionPointer else { return nil }
    return unsafe FunctionHandle(pointer)
  }

  private var functionPointer: UnsafePointer<SharedMemoryFunctionState>? {
    unsafe UnsafePointer(bitPattern: UInt(state))
  }
}
