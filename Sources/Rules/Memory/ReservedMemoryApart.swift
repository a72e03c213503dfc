import Board
import Diagnostics
import Ownership
import Partition

/// Reserved memory of two nodes does not overlap.
enum ReservedMemoryApart: Rule {
  static let description = RuleDescription(
    "BH-MEM-019", title: "reserved memory has one purpose",
    requirement:
      "No reserved memory that an assigned device refers to shall overlap, hold or lie in other reserved memory.",
    hazard:
      "Two users, of which each takes the memory for its own: firmware, a DSP or another device writes into the buffers "
      + "of the domain's.",
    applicability:
      "An error where an assigned device's `memory-region` names one of the two; what is granted to a domain is judged by "
      + "BH-MEM-014; what nothing uses is a note.",
    example: "devices: [ /soc/video@0 ]      # memory-region = <&pool>, in which the tree has a second node")

  /// More pairs than this help nobody.
  private static let mostPairs = 500

  static func check(_ context: RuleContext) -> [Finding] {
    let placed = context.draft.board.reservedMemory.compactMap { entry in entry.range.map { (entry.path, $0) } }
    let granted = Set(context.draft.domains.flatMap { $0.reservedMemory.map(\.reserved.path) })
    let users = users(context)
    let pairs = OverlapSweep.pairs(among: placed.map(\.1), limit: mostPairs) { placed[$0].0 != placed[$1].0 }
    return pairs.sorted { ($0.first, $0.second) < ($1.first, $1.second) }.compactMap { pair in
      let (left, right) = (placed[min(pair.first, pair.second)], placed[max(pair.first, pair.second)])
      guard !granted.contains(left.0), !granted.contains(right.0) else { return nil }
      let what = "\(left.0) (\(left.1)) and \(right.0) (\(right.1)) overlap in \(pair.overlap)"
      let resource = ResourceReference(.reservedMemory, pair.overlap.base.hexadecimal)
      guard let (domain, device) = users[left.0] ?? users[right.0] else {
        return Finding(
          description, .note, "the device tree's \(what); nothing in this manifest uses them",
          subjects: [left.0, right.0], resource: resource, domains: [], spans: [])
      }
      return Finding(
        description, .error,
        "\(device.path) of domain \(domain.name) uses reserved memory that is not its alone: \(what)",
        subjects: [left.0, right.0, device.path], resource: resource, domains: [domain.name], spans: [device.span],
        help: "take \(device.path) out of domain \(domain.name), or correct the device tree")
    }
  }

  /// By reserved node the first assigned device that refers to it.
  private static func users(_ context: RuleContext) -> [String: (domain: DomainDraft, device: DeviceDraft)] {
    var users: [String: (domain: DomainDraft, device: DeviceDraft)] = [:]
    for domain in context.draft.domains {
      for device in domain.devices where device.isDeclaredItself {
        for edge in DependencyClosure(context.draft.board, of: device.path, stoppingAt: { _ in true }).edges
        where edge.kind == .memoryRegion && users[edge.to] == nil {
          users[edge.to] = (domain, device)
        }
      }
    }
    return users
  }
}
