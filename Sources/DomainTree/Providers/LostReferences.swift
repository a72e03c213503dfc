import DeviceTree
import Diagnostics
import Partition

/// What a copied node has to do without, and the findings that say so.
struct LostReferences {
  /// Properties that say what a wire is connected to, or what a driver is to set: no loss that needs a word.
  private static let silent: Set<String> = ["remote-endpoint"]

  private var words: [String] = []
  private var targets: [String] = []
  private var suspects: [(property: String, target: String)] = []

  /// None yet.
  init() {}

  /// A reference that leads out of the domain, and the name that the node gives it.
  mutating func add(_ reference: Reference, name: String?) {
    guard !Self.silent.contains(reference.property) else { return }
    if !targets.contains(reference.target) { targets.append(reference.target) }
    note(name.map { "\(reference.property) (\($0))" } ?? reference.property)
  }

  /// A property that cannot be read.
  mutating func add(_ property: String, of source: Node) {
    guard !Self.silent.contains(property) else { return }
    note(property)
  }

  /// A property that may be a reference to a node that the domain does not have.
  mutating func suspect(_ property: String, _ target: Node) { suspects.append((property, target.path)) }

  private mutating func note(_ word: String) {
    if !words.contains(word) { words.append(word) }
  }

  /// The findings on a node, at most one of each kind.
  func findings(_ source: Node, _ domain: DomainPlan, _ span: SourceSpan?) -> [Finding] {
    [reference(source, domain, span), suspect(source, domain, span)].compactMap { $0 }
  }

  private func reference(_ source: Node, _ domain: DomainPlan, _ span: SourceSpan?) -> Finding? {
    guard !words.isEmpty else { return nil }
    let lead = words.count == 1 ? "leads" : "lead"
    let place = targets.isEmpty ? "cannot be read" : "\(lead) to \(targets.joined(separator: ", "))"
    return Finding(
      DomainTreeRules.reference, .note,
      "\(source.path) comes to domain \(domain.name) without \(words.joined(separator: ", ")), which \(place)",
      subjects: [source.path] + targets, resource: ResourceReference(.dependency, targets.first),
      domains: [domain.name], spans: [span])
  }

  private func suspect(_ source: Node, _ domain: DomainPlan, _ span: SourceSpan?) -> Finding? {
    guard let first = suspects.first else { return nil }
    let names = suspects.map(\.property).joined(separator: ", ")
    return Finding(
      DomainTreeRules.suspect, .note,
      "\(names) of \(source.path) may refer to \(first.target), which domain \(domain.name) does not have; it is copied "
        + "as it is, for it may as well be a plain number", subjects: [source.path, first.target],
      resource: ResourceReference(.dependency, first.target), domains: [domain.name], spans: [span])
  }
}
