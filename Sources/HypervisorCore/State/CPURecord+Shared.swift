import ImageFormat
import Synchronization

extension CPURecord {
  /// What other CPUs may touch of the CPU's state: all but `own`, which is atomic.
  public var shared: CPUState {
    // Sound: the compiler reserves a zeroed CPUState at this address, for which zero is a valid value throughout, and
    // never at 0; it lives as long as EL2.
    unsafeAddress { unsafe UnsafePointer(bitPattern: UInt(state)).unsafelyUnwrapped }
  }

  /// GICv2: the CPU's bit in GICD_ITARGETSR and GICD_SGIR, as it found it when it started.
  public var interfaceMask: UInt32 { shared.interfaceMask.load(ordering: .relaxed) }
}
