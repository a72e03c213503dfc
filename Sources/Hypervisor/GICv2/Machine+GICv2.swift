import HypervisorCore
import HypervisorEntry
import ImageFormat

/// The CPU interface of a GICv2 and its virtual interface control: device registers (Arm IHI 0048, 4.4 and 5.3).
extension Machine {
  static var isGICv2: Bool { true }

  /// GICC_CTLR, GICC_PMR, GICC_BPR, GICC_IAR, GICC_EOIR, GICC_APR0, GICC_IIDR and GICC_DIR.
  enum Interface {
    static var control: UInt64 { 0x0 }
    static var priorityMask: UInt64 { 0x4 }
    static var binaryPoint: UInt64 { 0x8 }
    static var acknowledge: UInt64 { 0xC }
    static var endOfInterrupt: UInt64 { 0x10 }
    static var activePriorities: UInt64 { 0xD0 }
    static var implementer: UInt64 { 0xFC }
    static var deactivate: UInt64 { 0x1000 }
  }

  /// GICH_HCR, GICH_VTR, GICH_VMCR, GICH_ELRSR0, GICH_APR and GICH_LR0.
  enum Virtual {
    static var control: UInt64 { 0x0 }
    static var type: UInt64 { 0x4 }
    static var machineControl: UInt64 { 0x8 }
    static var emptyListRegisters: UInt64 { 0x30 }
    static var activePriorities: UInt64 { 0xF0 }
    static var listRegisters: UInt64 { 0x100 }
  }

  /// Physical address of GICC.
  @inline(__always)
  static var interface: UInt64 { Current.cpu.own.cpuInterface }
  /// Physical address of GICH.
  @inline(__always)
  static var virtual: UInt64 { Current.cpu.own.hypervisorInterface }

  func listRegister(_ index: Int) -> UInt64 {
    ListRegister(gicv2: load_device32(Self.virtual + Virtual.listRegisters + UInt64(index) * 4)).rawValue
  }
  @inline(__always)
  func setListRegister(_ index: Int, _ value: UInt64) {
    store_device32(Self.virtual + Virtual.listRegisters + UInt64(index) * 4, ListRegister(rawValue: value).gicv2)
  }
  var emptyListRegisters: UInt32 { load_device32(Self.virtual + Virtual.emptyListRegisters) }
  func setInterfaceControl(_ value: UInt64) {
    store_device32(Self.virtual + Virtual.control, UInt32(truncatingIfNeeded: value))
  }

  /// GICD_SGIR (4.3.15).
  func kick(_ cpu: CPURecord) {
    data_barrier_stores()
    store_device32(
      Current.cpu.own.distributor + UInt64(DistributorRegister.softwareInterrupt),
      SGIRequest.physical(Self.kickLine, to: cpu.interfaceMask))
  }

  /// How many list registers there are (GICH_VTR.ListRegs); of 64 that are possible, EL2 uses at most 16.
  static var listRegisterCount: UInt32 { min(16, load_device32(virtual + Virtual.type) & 0x3F + 1) }

  /// Takes the most urgent interrupt: what GICC_IAR says, with the sender of an SGI in bits 12:10.
  @inline(__always)
  static func acknowledge() -> UInt32 { load_device32(interface + Interface.acknowledge) }

  /// The INTID in what was acknowledged.
  @inline(__always)
  static func line(_ acknowledged: UInt32) -> UInt32 { acknowledged & 0x3FF }

  /// Lets other interrupts of the same priority come again.
  @inline(__always)
  static func dropPriority(_ acknowledged: UInt32) {
    store_device32(interface + Interface.endOfInterrupt, acknowledged)
  }

  /// Lets the interrupt itself come again.
  static func deactivate(_ acknowledged: UInt32) { store_device32(interface + Interface.deactivate, acknowledged) }

  /// Only interrupts of a more urgent priority come to this CPU.
  static func setPriorityMask(_ mask: UInt32) { store_device32(interface + Interface.priorityMask, mask) }

  /// Where the SGIs and PPIs of the calling CPU have their registers: each CPU sees its own in the distributor (4.1.4).
  static func privateFrame(_ cpu: CPURecord) -> UInt64 { Current.cpu.own.distributor }
}
