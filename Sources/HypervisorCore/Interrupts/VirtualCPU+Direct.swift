import ImageFormat
import Synchronization

// A domain that takes its interrupts directly (HCR_EL2.IMO = FMO = 0): its CPU has the physical interface, so that EL2 is
// told of no interrupt while it runs, and no list register is used. The distributor and the redistributor are emulated as
// ever; enables, pending and active states and priorities are the hardware's, SGIs included.
extension VirtualCPU {
  /// The domain runs here, or has just trapped, with its interrupts its own.
  public var isDirect: Bool { cpu.own.interfaceControl & InterfaceControl.trapsCommon != 0 }

  /// The domain is about to run on this CPU: the state of a redistributor after its reset, in what it sees and in the
  /// hardware. None of EL2's own SGIs and PPIs is left on, or the domain would acknowledge it as its own.
  public func beginDirectInterrupts() {
    cpu.own.waiting.removeAll()
    cpu.own.interfaceControl = InterfaceControl.direct
    let frame = interruptFrame(of: index)
    hardware.store32(frame + UInt64(DistributorRegister.clearEnable), .max)
    hardware.store32(frame + UInt64(DistributorRegister.clearPending), .max)
    hardware.store32(frame + UInt64(DistributorRegister.clearActive), .max)
    for word in 0..<UInt64(8) { hardware.store32(frame + UInt64(DistributorRegister.priority) + word &* 4, 0) }
  }

  /// The domain has left this CPU, whose interrupts are EL2's again.
  public func endDirectInterrupts() { cpu.own.interfaceControl = 0 }

  /// Lets none of the domain's SPIs through.
  public func disableLines() {
    for word in 1..<32 { storePhysical(DistributorRegister.clearEnable, word: word, .max) }
  }

  /// Priorities of the four lines around `line`, as far as `mask` has them: by the byte, as others of a word may be
  /// another domain's.
  func storePriorities(at frame: UInt64, _ line: UInt32, _ value: UInt32, mask: UInt32) {
    for byte in UInt32(0)..<4 where mask >> (byte &* 8) & 0xFF != 0 {
      hardware.store8(
        frame + UInt64(DistributorRegister.priority) + UInt64(line & ~3 | byte),
        UInt8(truncatingIfNeeded: (value & mask) >> (byte &* 8)))
    }
  }

  /// SGIs from the domain to its own CPU.
  func pend(softwareInterrupts bits: UInt32) {
    storePrivate(DistributorRegister.setPending, of: index, bits & 0xFFFF)
  }
}
