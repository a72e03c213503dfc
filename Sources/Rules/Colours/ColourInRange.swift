import Diagnostics

/// Colours are those that the cache has.
enum ColourInRange: Rule {
  static let description = RuleDescription(
    "BH-COL-004", title: "the colour exists",
    requirement: "A colour shall be less than the number of colours of the shared cache: the bytes of a way by 4 KiB.",
    hazard: "Memory of a colour that does not exist cannot be found; counted modulo, it would be another domain's.",
    applicability: "Manifests with `colours:`.",
    example: "colours: [8]      # 512 KiB in 16 ways have the colours 0 to 7")

  static func check(_ context: RuleContext) -> [Finding] {
    let use = ColourUse(context.draft)
    guard let count = use.colourCount, let source = use.places.first?.source else { return [] }
    return use.parties.flatMap { party in
      party.colours.filter { $0.value >= count }.map { colour in
        Finding(
          description, .error,
          "\(party.subject).colours names colour \(colour.value), and the shared cache has the colours 0 to \(count - 1) "
            + "(\(Quotation.printable(source)))",
          subjects: [party.subject], resource: ResourceReference(.colour, String(colour.value)),
          domains: [party.domain].compactMap { $0 }, spans: [colour.span],
          help: "choose among 0 to \(count - 1)\(free(use, count))")
      }
    }
  }

  private static func free(_ use: ColourUse, _ count: Int) -> String {
    let taken = Set(use.parties.flatMap { $0.colours.map(\.value) })
    let free = (0..<count).filter { !taken.contains($0) }.prefix(16)
    return free.isEmpty ? "; all of them are taken" : "; free is \(free.map(String.init).joined(separator: ", "))"
  }
}
