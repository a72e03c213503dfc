import Board
import Diagnostics
import Manifest
import Partition

/// What a domain is given, its CPUs have.
enum FeaturePresent: Rule {
  static let description = RuleDescription(
    "BH-FEA-001", title: "CPUs have the features that their domain is given",
    requirement: "Every CPU of a domain shall have the performance monitors and SVE where the domain is given them.",
    hazard: "The hypervisor would reset registers that the CPU does not have, and so refuse to start.",
    applicability:
      "`features:` with `pmu: on` or `sve: on`; debug is part of every CPU. Images for Bulkhead's own runtime.",
    example: "features: { sve: on }      # on a Cortex-A53, which is older than SVE")

  static func check(_ context: RuleContext) -> [Finding] {
    guard context.draft.isForRuntime else { return [] }
    let board = context.draft.board
    return GivenFeature.all(of: context.draft).compactMap { given in
      let lacking = given.domain.cpus.map(\.cpu).filter { !has(given.feature, $0, board) }
      guard let first = lacking.first else { return nil }
      let named = lacking.map(RequiredFeatures.words).joined(separator: ", ")
      let isKnown = board.identification(of: first) != nil
      return given.finding(
        description,
        "domains.\(given.domain.name) is given \(given.feature.rawValue), and \(named) "
          + (isKnown
            ? "\(lacking.count == 1 ? "does" : "do") not have it" : "may not have it: its type is not known here"),
        cpus: lacking, help: help(given, first, isKnown: isKnown))
    }
  }

  /// An unknown type has SVE only if board.yaml says so; what it has of performance monitors the tree says.
  private static func has(_ feature: Feature, _ cpu: BoardCPU, _ board: Board) -> Bool {
    let registers = board.identification(of: cpu)?.registers
    switch feature {
    case .pmu:
      // ID_AA64DFR0_EL1.PMUVer: 0 for none, 0b1111 for an implementation's own.
      let version = (registers?[.dfr0] ?? 0x100) >> 8 & 0xF
      return version != 0 && version != 0xF
    case .sve:
      guard let sve = CPUFeature.named("sve") else { return false }
      return registers.map { sve.isPresent(in: $0) } ?? board.statement(on: sve, of: cpu) ?? false
    case .debug, .pointerAuthentication: return true
    }
  }

  private static func help(_ given: GivenFeature, _ cpu: BoardCPU, isKnown: Bool) -> String {
    let type = cpu.compatible.first.map { Quotation.printable($0) } ?? "…"
    let withdraw = "write `\(given.feature.rawValue): off`, or remove it"
    return isKnown
      ? withdraw
      : "if it has, say so in the board's board.yaml: cpu-features: [{ compatible: \"\(type)\", has: "
        + "[\(given.feature.rawValue)] }]; otherwise \(withdraw)"
  }
}
