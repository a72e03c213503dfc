import Diagnostics

/// One colouring fits the caches of all CPUs.
enum ColouringFitsEveryCluster: Rule {
  static let description = RuleDescription(
    "BH-COL-003", title: "one colouring fits every cluster",
    requirement: "The shared caches behind the CPUs of all domains shall have the same number of colours.",
    hazard:
      "A domain with CPUs of two clusters, or two domains that the hypervisor serves on two, would be apart in one cache and "
      + "collide in the other: what is colour 9 of 16 there is colour 1 of 8 here.",
    applicability: "Manifests with `colours:`.",
    example:
      "domains:\n  a: { cpus: [0, 4], colours: [9] }      # 512 KiB behind CPU 0, 1 MiB behind CPU 4, 16 ways each")

  static func check(_ context: RuleContext) -> [Finding] {
    let places = ColourUse(context.draft).places.filter { ($0.geometry?.colours ?? 0) > 1 }
    guard let first = places.first,
      let other = places.first(where: { $0.geometry?.colours != first.geometry?.colours }),
      let mine = first.geometry, let theirs = other.geometry
    else { return [] }
    let who =
      first.domain.name == other.domain.name
      ? "domain \(first.domain.name) has both"
      : "domain \(first.domain.name) has the one and domain \(other.domain.name) the other, and the hypervisor runs on both"
    return [
      Finding(
        description, .error,
        "the cache behind CPU \(first.cpu.cpu.index) has \(mine.colours) colours (\(mine.size.byteCount) in \(mine.ways) ways) "
          + "and the one behind CPU \(other.cpu.cpu.index) \(theirs.colours) (\(theirs.size.byteCount) in \(theirs.ways) "
          + "ways), and \(who)",
        subjects: [first.cpu.cpu.path, other.cpu.cpu.path], resource: ResourceReference(.colour),
        domains: Set([first.domain.name, other.domain.name]).sorted(), spans: [other.cpu.span, first.cpu.span],
        labels: ["the other CPU"],
        help: "give the domains CPUs of one kind of cluster only, or take `colours:` out")
    ]
  }
}
