import Board
import Diagnostics
import Manifest
import Partition

/// The registry of rules.
public enum RuleBook {
  /// The rules that judge a plan.
  static let rules: [any Rule.Type] =
    MemoryRules.all + CPURules.all + DeviceRules.all + InterruptRules.all + DMARules.all + SMMURules.all
    + ProviderRules.all + GuestRules.all + FeatureRules.all + RestartRules.all
    + PayloadRules.all + ColourRules.all + LimitRules.all + SupportGapRules.all

  /// Every rule that can speak from reading a manifest to a finished plan, by id.
  public static let all: [RuleDescription] = {
    let known = ManifestRules.all + BoardRules.all + PartitionRules.all + WaiverRules.all
    let ids = Set(known.map(\.id))
    let own = rules.map { $0.description }.filter { !ids.contains($0.id) }
    return (known + own).sorted { $0.id < $1.id }
  }()

  /// Judges a finished plan.
  public static func check(_ plan: Plan) -> [Finding] { check(plan.draft) }

  /// Judges what planning came to, finished or not: its own findings and those of every rule, in the order in which they
  /// are shown. A plan with a finding of severity error must not be built.
  public static func check(_ planning: Planning) -> [Finding] {
    (planning.findings + check(planning.draft)).ordered()
  }

  /// Judges a draft: a plan as far as it goes.
  public static func check(_ draft: Draft) -> [Finding] {
    let context = RuleContext(draft)
    return rules.flatMap { $0.check(context) }.ordered()
  }
}
