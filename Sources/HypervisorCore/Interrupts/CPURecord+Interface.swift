import ImageFormat
import Synchronization

extension CPURecord {
  /// GICv2: the CPU's bit in GICD_ITARGETSR and GICD_SGIR, as it found it when it started.
  public var interfaceMask: UInt32 {
    // Sound: the compiler reserves a CPUState at this address, and the mask is atomic.
    guard let state = unsafe UnsafePointer<CPUState>(bitPattern: UInt(state)) else { return 0 }
    return unsafe state.pointee.interfaceMask.load(ordering: .relaxed)
  }
}
