/// The system's state.
@safe public struct SystemHandle {
  let pointer: UnsafeMutablePointer<SystemState>

  /// A handle on the one SystemState.
  public init(_ pointer: UnsafeMutablePointer<SystemState>) { unsafe self.pointer = unsafe pointer }

  /// The state. Not for its atomic parts: only what is the caller's, one part at a time.
  public var state: SystemState {
    // Sound: it lives as long as EL2; who may touch which part is said at SystemState.
    _read { yield unsafe pointer.pointee }
    nonmutating _modify { yield unsafe &pointer.pointee }
  }
}
