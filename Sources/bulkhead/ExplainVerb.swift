import ArgumentParser
import BulkheadKit

/// `bulkhead explain RULE`.
struct ExplainVerb: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "explain", abstract: "Says what a rule asks, why, and shows an example that breaks it.")

  @Argument(help: "A rule's id, such as BH-MEM-001; without it, all rules are listed.")
  var rule: String?
  @OptionGroup var common: CommonOptions

  func run() throws {
    guard let rule else {
      for description in RuleCatalogue.all { Terminal.print("\(description.id)  \(description.title)") }
      return
    }
    if let description = RuleCatalogue.all.first(where: { $0.id.rawValue == rule.uppercased() }) {
      Terminal.print(RuleExplanation.text(for: description))
      return
    }
    let near = Suggestions.nearest(to: rule.uppercased(), among: RuleCatalogue.all.map(\.id.rawValue))
    let suggestion = near.map { "; did you mean \($0)?" } ?? "; `bulkhead explain` lists all rules"
    throw ValidationError("there is no rule \(rule)\(suggestion)")
  }
}
