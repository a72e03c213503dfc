/// Changes to a single value.
enum ValueMutations {
  static func changes(
    of item: ManifestItem, at path: ManifestItem.Path, in root: ManifestItem, nodes: [String]
  ) -> [ManifestChange] {
    guard case .scalar(let text, let isQuoted) = item else { return [] }
    var changes: [ManifestChange] = []
    func put(_ operation: String, _ value: ManifestItem) {
      let words: [String] = if case .scalar(let new, _) = value { [text, new] } else { [text] }
      changes.append(ManifestChange(operation, at: path, root.replacing(path, value), words: words))
    }
    for (operation, value) in kinds { put(operation, value) }
    put("put a value into a list", .list([item]))
    put("misspell a value", .scalar(String(text.dropLast()) + "x", isQuoted: isQuoted))
    put("add a unit nobody knows", .scalar(text + " parsecs", isQuoted: isQuoted))
    put("add a line break", .scalar(text + "\nand more", isQuoted: true))
    put("make a value long", .scalar(String(repeating: text.isEmpty ? "x" : text, count: 300), isQuoted: isQuoted))
    for (operation, value) in ManifestQuantity(text)?.neighbours ?? [] {
      put(operation, .scalar(value, isQuoted: isQuoted))
    }
    if text.hasPrefix("/") {
      for node in nodes where node != text { put("name another node", .scalar(node, isQuoted: true)) }
    }
    for (operation, value) in foreign(text, at: path, in: root) { put(operation, value) }
    return changes
  }

  /// Values of every other kind.
  private static let kinds: [(String, ManifestItem)] = [
    ("empty a text", .scalar("", isQuoted: true)), ("leave a value out", .scalar("~", isQuoted: false)),
    ("write zero", .scalar("0", isQuoted: false)), ("write a negative number", .scalar("-1", isQuoted: false)),
    ("write 2^64 - 1", .scalar("0xffffffffffffffff", isQuoted: false)),
    ("write the last page there is", .scalar("0xfffffffffffff000", isQuoted: false)),
    ("write a fraction", .scalar("1e3", isQuoted: false)), ("write an octal number", .scalar("010", isQuoted: false)),
    ("write a word of YAML", .scalar("no", isQuoted: false)), ("write one byte", .scalar("1 B", isQuoted: false)),
    ("write a time", .scalar("3 s", isQuoted: false)), ("write a size", .scalar("64 MiB", isQuoted: false)),
    ("write an alias", .scalar("*somewhere", isQuoted: false)), ("write a tag", .scalar("!!str x", isQuoted: false)),
    ("write an anchor", .scalar("&here x", isQuoted: false)), ("write a section", .section([])),
    ("name the root node", .scalar("/", isQuoted: false)), ("name the CPUs", .scalar("/cpus", isQuoted: false)),
    ("name a device in a folder of others", .scalar("/intc@8000000", isQuoted: false)),
  ]

  /// The value that stands in the same place of every other domain, channel or entry; and the names of all domains.
  private static func foreign(
    _ text: String, at path: ManifestItem.Path, in root: ManifestItem
  ) -> [(String, ManifestItem)] {
    guard case .section(let keys) = root else { return [] }
    let names = keys.first { $0.key == "domains" }.flatMap { domains -> [String]? in
      guard case .section(let entries) = domains.value else { return nil }
      return entries.map(\.key)
    }
    var values = (names ?? []).map { ("name another domain", ManifestItem.scalar($0, isQuoted: false)) }
    guard path.count > 2, let group = root[Array(path.prefix(1))] else { return values }
    let key = root.words(of: path).split(separator: ".").dropFirst(2).joined(separator: ".").prefix { $0 != "[" }
    for (index, sibling) in group.children.enumerated() where index != path[1] {
      for (other, item) in sibling.places {
        guard case .scalar(let value, _) = item, value != text,
          sibling.words(of: other).prefix(while: { $0 != "[" }) == key
        else { continue }
        values.append(("take another's \(key)", item))
      }
    }
    return values
  }
}
