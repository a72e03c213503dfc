import Diagnostics

/// Colours count by a cache that is known.
enum CacheKnown: Rule {
  static let description = RuleDescription(
    "BH-COL-001", title: "the shared cache is known",
    requirement:
      "Where `colours:` is used, the size, ways and line of the last cache that CPUs share shall be known of every "
      + "CPU of every domain: from board.yaml's `last-level-cache`, or from the tree's cache nodes.",
    hazard:
      "Colours that are counted by a wrong cache keep nothing apart: two domains evict each other's lines all the same.",
    applicability: "Manifests with `colours:`.",
    example:
      "hypervisor: { colours: [0] }\ndomains:\n  a: { colours: [1, 2] }      # on a board whose tree has no cache nodes"
  )

  static func check(_ context: RuleContext) -> [Finding] {
    var seen: Set<String> = []
    return ColourUse(context.draft).places.compactMap { place in
      guard case .unknown(let why) = place.cache, seen.insert(why).inserted else { return nil }
      return Finding(
        description, .error,
        "colours count by the last cache that CPUs share, and that of CPU \(place.cpu.cpu.index) of domain "
          + "\(place.domain.name) is not known: \(why)",
        subjects: [place.cpu.cpu.path, place.domain.subject], resource: ResourceReference(.colour),
        domains: [place.domain.name], spans: [place.domain.declaration.colours.first?.span ?? place.cpu.span],
        help:
          "write it into the board's board.yaml: `last-level-cache: { size: 512 KiB, ways: 16, line: 64, source: the "
          + "manual and its section }`, or take `colours:` out")
    }
  }
}
