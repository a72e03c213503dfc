/// The system's state.
@safe public struct SystemHandle {
  let pointer: UnsafeMutablePointer<SystemState>

  /// A handle on the one SystemState.
  public init(_ pointer: UnsafeMutablePointer<SystemState>) { unsafe self.pointer = unsafe pointer }

  /// The system's state.
  public var state: SystemState {
    // Sound: it lives as long as EL2, and all but `serial` is atomic.
    unsafeAddress { unsafe UnsafePointer(pointer) }
  }

  /// What belongs to the UART; who may touch which part is said at SerialState.
  public var serial: SerialState {
    // Sound: it lives as long as EL2; the UART has one owner, and its interrupts one CPU.
    unsafeAddress { unsafe UnsafePointer(serialPointer) }
    nonmutating unsafeMutableAddress { unsafe serialPointer }
  }

  // Sound: a member of the state, which lives as long as EL2.
  var serialPointer: UnsafeMutablePointer<SerialState> {
    unsafe withUnsafeMutablePointer(to: &pointer.pointee.serial) { unsafe $0 }
  }
}
