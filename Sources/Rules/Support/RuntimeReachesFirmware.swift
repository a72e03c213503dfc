import Board
import Diagnostics
import Partition

/// Calls are passed on to firmware only where there is one.
enum RuntimeReachesFirmware: Rule {
  static let description = RuleDescription(
    "BH-SUP-024", title: "not supported: firmware calls on a board without firmware",
    requirement: "A domain shall be let through to firmware only on a board whose CPUs firmware starts (PSCI by SMC).",
    hazard:
      "On a board with spin tables nothing may answer an SMC at EL3; the runtime makes none there, and answers "
      + "NOT_SUPPORTED to each call that the domain was promised.",
    applicability: SupportGapRules.applicability,
    example: "board: rpi4      # CPUs in spin tables\ndomains:\n  a: { smc: [0xc2000000] }")

  static func check(_ context: RuleContext) -> [Finding] {
    guard context.draft.isForRuntime, context.draft.board.firmware == .spinTable else { return [] }
    return context.draft.domains.compactMap { domain in
      guard let call = domain.firmwareCalls.first else { return nil }
      return Finding(
        description, .error,
        "domain \(domain.name) may call firmware (\(UInt64(call.functions.lowerBound).hexadecimal)), and board "
          + "\(context.draft.board.name), whose CPUs wait in spin tables, has none that an SMC reaches",
        subjects: [domain.subject, context.draft.board.name],
        resource: ResourceReference(.feature, "smc"), domains: [domain.name],
        spans: [domain.declaration.smc.first?.span ?? domain.declaration.span],
        help: "take `smc:` out of domain \(domain.name), and every `firmware` out of `providers:` that it uses")
    }
  }
}
