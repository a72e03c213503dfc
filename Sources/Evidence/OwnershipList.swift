import Ownership

/// Who owns what by a map of ownership, as a list for a terminal: each owner, then what it has.
public struct OwnershipList: Sendable {
  /// Lines that an owner gets at most for one kind of thing.
  private static let longest = 16

  private let ownership: Ownership

  /// Takes the map to show.
  public init(_ ownership: Ownership) { self.ownership = ownership }

  /// The list, one line a thing, ending with a line break; empty for an empty map.
  public var text: String {
    let entries = ownership.entries
    let owners = Dictionary(grouping: entries) { $0.claim.owner }
    return owners.sorted { $0.key < $1.key }.map { owner, entries in
      var lines = ["\(owner)"]
      let kinds = Dictionary(grouping: entries) { Self.kind($0.resource) }
      for (kind, entries) in kinds.sorted(by: { $0.value[0].resource < $1.value[0].resource }) {
        let facts = kind.isAddress ? entries.map(Self.line) : [entries.map(Self.line).joined(separator: ", ")]
        lines += facts.prefix(Self.longest).map { "  \(kind.word)\($0)" }
        if facts.count > Self.longest { lines.append("  \(kind.word)and \(facts.count - Self.longest) more") }
      }
      return lines.joined(separator: "\n") + "\n"
    }.joined()
  }

  private struct Kind: Hashable {
    let word: String
    let isAddress: Bool

    init(_ word: String, isAddress: Bool = false) {
      self.word = word + String(repeating: " ", count: max(1, 12 - word.count))
      self.isAddress = isAddress
    }
  }

  private static func kind(_ resource: Resource) -> Kind {
    switch resource {
    case .memory: Kind("memory", isAddress: true)
    case .device: Kind("registers", isAddress: true)
    case .interrupt: Kind("interrupts")
    case .cpu: Kind("CPUs")
    case .stream: Kind("DMA streams")
    case .provider: Kind("providers")
    case .call: Kind("calls", isAddress: true)
    case .colour: Kind("colours")
    }
  }

  private static func line(_ resource: Resource, _ claim: Claim) -> String {
    switch resource {
    case .memory(let range), .device(let range):
      return "\(range)  \(range.size.byteCount)" + rights(claim)
    case .interrupt(let intid): return String(intid)
    case .cpu(let affinity): return affinity.hexadecimal
    case .provider(let path): return path
    case .stream, .call: return "\(resource)" + rights(claim)
    case .colour(let number): return String(number)
    }
  }

  /// What each party may do, where there are others than the owner.
  private static func rights(_ claim: Claim) -> String {
    guard claim.access.contains(where: { $0.party != claim.owner }) else { return "" }
    let parties = claim.access.map { access in
      let words = [(Rights.read, "reads"), (.write, "writes"), (.execute, "executes")]
      let rights = words.filter { access.rights.contains($0.0) }.map(\.1).joined(separator: " and ")
      return "\(access.party) \(rights)"
    }
    return "  " + parties.joined(separator: ", ")
  }
}
