import Board
import Ownership

/// Registers that no domain may reach, whatever a manifest says.
struct GuardedWindow: Sendable {
  /// Whole pages, by physical address.
  let pages: AddressRange
  /// What a message calls it.
  let name: String

  /// The interrupt controller with its ITS and MSI frames, and every SMMU, disabled ones included.
  static func all(of board: Board) -> [GuardedWindow] {
    let controller = board.interruptController
    let gic = (controller?.windows ?? []).map {
      GuardedWindow(pages: $0.pages, name: "the interrupt controller \(controller?.path ?? "")")
    }
    let smmus = board.smmus.flatMap { smmu in
      smmu.registers.map { GuardedWindow(pages: $0.pages, name: "the SMMU \(smmu.path)") }
    }
    return (gic + smmus).sorted { ($0.pages, $0.name) < ($1.pages, $1.name) }
  }
}
