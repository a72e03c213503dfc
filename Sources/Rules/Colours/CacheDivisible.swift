import Diagnostics

/// The cache can be divided by pages.
enum CacheDivisible: Rule {
  static let description = RuleDescription(
    "BH-COL-002", title: "the shared cache has colours",
    requirement:
      "A way of the shared cache shall hold at least two pages of 4 KiB and at most 1,024, in a power-of-two number "
      + "of sets.",
    hazard: "In a cache whose way is one page every page competes for every set: there is nothing to divide.",
    applicability: "Manifests with `colours:`.",
    example: "last-level-cache: { size: 64 KiB, ways: 16, line: 64, source: … }      # a way is one page")

  static func check(_ context: RuleContext) -> [Finding] {
    var seen: Set<String> = []
    return ColourUse(context.draft).places.compactMap { place in
      guard let geometry = place.geometry, geometry.colours < 2, seen.insert(place.source).inserted else { return nil }
      let why = geometry.fault ?? "has ways of \(geometry.way) bytes, which is not two pages of 4 KiB"
      return Finding(
        description, .error,
        "the cache behind CPU \(place.cpu.cpu.index) (\(Quotation.printable(place.source))) \(why)",
        subjects: [place.cpu.cpu.path, place.domain.subject], resource: ResourceReference(.colour),
        domains: [place.domain.name], spans: [place.domain.declaration.colours.first?.span ?? place.cpu.span],
        help: "take `colours:` out, or correct the cache's numbers in board.yaml")
    }
  }
}
