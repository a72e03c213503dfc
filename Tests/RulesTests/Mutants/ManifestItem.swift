import Yams

/// A manifest as a tree of values in the order of writing, in which a key may stand twice.
indirect enum ManifestItem: Hashable, Sendable {
  /// A text as it was written, and whether in quotes.
  case scalar(String, isQuoted: Bool)
  case list([ManifestItem])
  case section([Entry])

  struct Entry: Hashable, Sendable {
    var key: String
    var value: ManifestItem
  }

  /// One step down from a section or a list, by position.
  typealias Path = [Int]

  /// Reads YAML by the parser itself, not by what Bulkhead makes of it; `nil` for what is none.
  init?(yaml: String) {
    guard let node = try? Yams.compose(yaml: yaml) else { return nil }
    self.init(node)
  }

  private init(_ node: Node) {
    switch node {
    case .scalar(let scalar): self = .scalar(scalar.string, isQuoted: scalar.style != .any && scalar.style != .plain)
    case .sequence(let items): self = .list(items.map(ManifestItem.init))
    case .mapping(let pairs):
      self = .section(pairs.map { Entry(key: $0.key.string ?? "?", value: ManifestItem($0.value)) })
    case .alias: self = .scalar("", isQuoted: true)
    }
  }

  /// What is directly below.
  var children: [ManifestItem] {
    switch self {
    case .scalar: []
    case .list(let items): items
    case .section(let entries): entries.map(\.value)
    }
  }

  /// Every place with the way there, this one first.
  var places: [(path: Path, item: ManifestItem)] {
    [([], self)]
      + children.enumerated().flatMap { index, child in child.places.map { ([index] + $0.path, $0.item) } }
  }

  /// What stands at a place; `nil` if there is none.
  subscript(path: Path) -> ManifestItem? {
    path.reduce(self) { item, step in item.flatMap { $0.children.indices.contains(step) ? $0.children[step] : nil } }
  }

  /// The tree with another item at a place.
  func replacing(_ path: Path, _ item: ManifestItem) -> ManifestItem { editing(path) { _ in item } }

  /// The tree with a changed item at a place.
  func editing(_ path: Path, _ edit: (ManifestItem) -> ManifestItem) -> ManifestItem {
    guard let step = path.first else { return edit(self) }
    let rest = Array(path.dropFirst())
    switch self {
    case .scalar: return self
    case .list(var items):
      guard items.indices.contains(step) else { return self }
      items[step] = items[step].editing(rest, edit)
      return .list(items)
    case .section(var entries):
      guard entries.indices.contains(step) else { return self }
      entries[step].value = entries[step].value.editing(rest, edit)
      return .section(entries)
    }
  }

  /// The keys and positions that lead to a place, as findings write them: `domains.cluster.cpus[0]`.
  func words(of path: Path) -> String {
    var item = self
    var words = ""
    for step in path {
      switch item {
      case .section(let entries) where entries.indices.contains(step):
        words += words.isEmpty ? entries[step].key : ".\(entries[step].key)"
      default: words += "[\(step)]"
      }
      guard item.children.indices.contains(step) else { break }
      item = item.children[step]
    }
    return words
  }

  /// A section without one of its keys.
  func without(_ key: String) -> ManifestItem {
    guard case .section(let entries) = self else { return self }
    return .section(entries.filter { $0.key != key })
  }
}
