import HypervisorCore
import HypervisorEntry

/// Where the calling CPU finds what is its own and what is the system's.
enum Current {
  /// The CPU's state, behind TPIDR_EL2.
  static var cpu: CPUHandle {
    // Sound: boot.S sets TPIDR_EL2 from the CPU's record before any Swift runs, and nothing changes it. It is never 0:
    // the compiler reserves the states behind the image's text and data, wherever the image is.
    unsafe CPUHandle(UnsafeMutablePointer<CPUState>(bitPattern: UInt(read_tpidr_el2())).unsafelyUnwrapped)
  }

  /// The system's state.
  static var system: SystemHandle {
    // Sound: boot.S reserves SYSTEM_STATE_SIZE zeroed bytes, for which zero is a valid value but for what Start sets.
    // They stand behind the image's text, so never at 0.
    guard let state = unsafe UnsafeMutablePointer<SystemState>(bitPattern: UInt(system_state_address())) else {
      fatalError()
    }
    return unsafe SystemHandle(state)
  }

  /// The console as the CPU uses it.
  static var console: Console<Machine> { Console(hardware: Machine(), cpu: cpu, system: system) }

  /// The domain's CPU that this CPU is; a CPU without domain takes no trap.
  static var virtualCPU: VirtualCPU<Machine> {
    // There always is one: only handlers of a domain's traps and interrupts ask, and `Lifecycle.enterIfTurnedOn`, the one
    // way into a domain, returns on a CPU without one. Such a CPU takes EL2's interrupts in `Interrupts.takeWhileParked`.
    @inline(__always) get { VirtualCPU(hardware: Machine(), cpuOfDomain: cpu) }
  }

  /// A line for the console.
  static var report: Report<Machine> { Report(console: console) }
}
