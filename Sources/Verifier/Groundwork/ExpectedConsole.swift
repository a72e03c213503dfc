import Board
import Diagnostics
import Manifest
import Ownership

/// The UART that EL2 drives.
struct ExpectedConsole: Sendable {
  /// The node.
  let path: String
  /// Its number in the partition table.
  let kind: UInt32
  /// Its registers.
  let registers: AddressRange
  /// Its interrupt; 0 for none.
  let intid: UInt32
  /// Where the manifest names it.
  let span: SourceSpan?

  /// What `hypervisor: console:` names, otherwise the tree's `stdout-path` if nobody has it, it is not `disabled:` and EL2
  /// can drive it; `nil` for none.
  init?(_ board: Board, _ manifest: Manifest, _ devices: [KnownDevice]) {
    let reference = manifest.hypervisor.console
    guard let path = reference.map({ board.tree.resolve($0.value)?.path }) ?? board.standardOutput,
      let known = devices.first(where: { $0.device.path == path }), known.isUsable,
      reference != nil || known.gift == nil, let registers = known.device.registers.first
    else { return nil }
    let kind = SerialKind(compatible: known.device.compatible)
    guard reference != nil || kind != nil else { return nil }
    self.path = path
    self.kind = kind?.rawValue ?? 0
    self.registers = registers
    intid = known.device.interrupts.first { $0.kind == .shared }?.intid ?? 0
    span = reference?.span
  }
}
