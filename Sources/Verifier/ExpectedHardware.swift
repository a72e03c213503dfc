import Board
import Manifest
import Ownership

/// What the board's tree and the manifest say of the machine, in the form in which bytes are held against it. Made once
/// for a context.
struct ExpectedHardware: Sendable {
  /// RAM: the manifest's banks, or else the tree's, and memory that the tree reserves.
  let memory: AddressSet
  /// Registers of the GIC that EL2 drives, in whole pages.
  let controller: AddressSet
  /// The first register window of each enabled device, in whole pages, by its first address.
  let windows: [UInt64: AddressRange]
  /// The value of PS, and the bits that it says.
  let outputSize: UInt64
  /// Bits that PS says.
  var outputBits: Int { WalkControls.outputSizes[Int(outputSize)] }

  /// Reads a board and a manifest.
  init(_ board: Board, _ manifest: Manifest) {
    let banks = manifest.memoryBanks?.map(\.range.value) ?? board.memory.map(\.range)
    memory = AddressSet(banks + board.reservedMemory.compactMap(\.range))
    controller = AddressSet(Self.registers(of: board).map(\.pages))
    windows = Dictionary(
      board.devices.filter(\.isEnabled).compactMap { device in device.registers.first.map { ($0.base, $0.pages) } },
      uniquingKeysWith: { first, _ in first })
    outputSize = TranslationRegisters.outputSize(of: board.description.physicalAddressBits)
  }

  /// GICD and, for each CPU of the tree, its redistributor (GICv3), or GICC and GICH (GICv2).
  private static func registers(of board: Board) -> [AddressRange] {
    guard let controller = board.interruptController else { return [] }
    guard controller.version == .three else {
      return [controller.distributor]
        + [controller.cpuInterfacePages, controller.hypervisorInterface].compactMap { $0 }
    }
    var ranges = [controller.distributor]
    var cpus = UInt64(board.cpus.count)
    let stride = controller.redistributorStride
    guard stride > 0 else { return ranges }
    for region in controller.redistributors where cpus > 0 {
      let frames = region.size / stride
      let used = AddressRange(base: region.base, size: min(frames, cpus).multipliedReportingOverflow(by: stride).0)
      ranges.append(used ?? region)
      cpus -= min(max(frames, 1), cpus)
    }
    return ranges
  }
}
