import HypervisorCore
import ImageFormat

/// A CPU of a model with a GICv3.
package final class ModelCPU: AnyModelCPU, Hardware {
  package static var isGICv2: Bool { false }
}

/// A CPU of a model with a GICv2.
package final class ModelCPUGICv2: AnyModelCPU, Hardware {
  package static var isGICv2: Bool { true }

  /// Through the 32 bits of GICH_LR<n>, so that nothing is kept that the hardware has no room for.
  package override func setListRegister(_ index: Int, _ value: UInt64) {
    super.setListRegister(index, ListRegister(gicv2: ListRegister(rawValue: value).gicv2).rawValue)
  }
}

/// One CPU of the model: its list registers as IHI 0069 describes them, its timer, and the shared GIC and UART.
package class AnyModelCPU {
  package let gic: ModelGIC
  package let uart: ModelUART
  package let number: Int
  package var listRegisters: [UInt64]
  package var control: UInt64 = 0
  package var counter: UInt64 = 0
  package var deadline: UInt64?

  package required init(gic: ModelGIC, uart: ModelUART, number: Int, listRegisters: Int) {
    self.gic = gic
    self.uart = uart
    self.number = number
    self.listRegisters = [UInt64](repeating: 0, count: listRegisters)
  }

  package func load32(_ address: UInt64) -> UInt32 {
    uart.contains(address) ? uart.load(address) : gic.load32(address, cpu: number)
  }
  package func store32(_ address: UInt64, _ value: UInt32) {
    if uart.contains(address) { uart.store(address, value) } else { gic.store32(address, value, cpu: number) }
  }
  package func store8(_ address: UInt64, _ value: UInt8) { gic.store8(address, value) }
  package func load64(_ address: UInt64) -> UInt64 { gic.load64(address) }
  package func store64(_ address: UInt64, _ value: UInt64) { gic.store64(address, value) }
  package func completeStores() {}
  package func listRegister(_ index: Int) -> UInt64 { listRegisters[index] }
  package func setListRegister(_ index: Int, _ value: UInt64) { listRegisters[index] = value }
  package var emptyListRegisters: UInt32 {
    var bits: UInt32 = 0
    for (index, value) in listRegisters.enumerated() where value >> 62 == 0 && !Self.tellsEnd(value) {
      bits |= 1 << UInt32(index)
    }
    return bits
  }
  package func setInterfaceControl(_ value: UInt64) { control = value }
  package func kick(_ cpu: CPURecord) { gic.kicks.append(cpu.affinity) }
  package func setTimer(_ deadline: UInt64?) { self.deadline = deadline }

  package static func tellsEnd(_ value: UInt64) -> Bool { value & (1 << 61) == 0 && value & (1 << 41) != 0 }

  package var entries: [ListRegister] { listRegisters.map(ListRegister.init(rawValue:)) }

  /// The maintenance interrupt's condition (ICH_MISR_EL2).
  package var maintenance: Bool {
    if entries.contains(where: { $0.isEmpty && Self.tellsEnd($0.rawValue) }) { return true }
    if control & InterfaceControl.whenNearlyEmpty != 0, entries.filter({ !$0.isEmpty }).count <= 1 { return true }
    return control & InterfaceControl.whenNonePending != 0 && !entries.contains(where: \.isPending)
  }

  /// The domain reads ICV_IAR1_EL1: the most urgent pending line becomes active.
  package func acknowledge() -> UInt32? { acknowledgeEntry()?.line }

  /// The same, with all that its list register says.
  package func acknowledgeEntry() -> ListRegister? {
    let pending = entries.indices.filter { entries[$0].isPending && !entries[$0].isActive }
    guard let index = pending.min(by: { entries[$0].priority < entries[$1].priority }) else { return nil }
    listRegisters[index] = listRegisters[index] & ~(1 << 62) | 1 << 63
    return entries[index]
  }

  /// The domain writes ICV_EOIR1_EL1 with EOImode 0.
  package func end(_ line: UInt32) {
    guard let index = entries.firstIndex(where: { $0.isActive && $0.line == line }) else { return }
    listRegisters[index] &= ~(1 << 63)
    if entries[index].isHardware { gic.deactivate(line, cpu: number) }
  }
}
