/// Changes to sections and lists: what is missing, twice, strange, empty, or in another's place.
enum StructureMutations {
  static func changes(
    of item: ManifestItem, at path: ManifestItem.Path, in root: ManifestItem, addsKeys: Bool = true
  ) -> [ManifestChange] {
    switch item {
    case .scalar: []
    case .list(let items): changes(of: items, at: path, in: root)
    case .section(let entries): changes(of: entries, at: path, in: root) + (addsKeys ? added(entries, path, root) : [])
    }
  }

  private static func changes(
    of items: [ManifestItem], at path: ManifestItem.Path, in root: ManifestItem
  ) -> [ManifestChange] {
    let changed: (String, Int, [ManifestItem]) -> ManifestChange = { operation, index, items in
      ManifestChange(operation, at: path + [index], root.replacing(path, .list(items)))
    }
    return items.indices.flatMap { index -> [ManifestChange] in
      var without = items
      without.remove(at: index)
      var twice = items
      twice.insert(items[index], at: index + 1)
      var swapped = items
      if index > 0 { swapped.swapAt(index, index - 1) }
      return [
        changed("delete an entry", index, without), changed("write an entry twice", index + 1, twice),
        changed("swap two entries", index, swapped),
      ]
    } + [
      ManifestChange("empty a list", at: path, root.replacing(path, .list([]))),
      ManifestChange("make a list one text", at: path, root.replacing(path, .scalar("everything", isQuoted: false))),
    ]
  }

  private static func changes(
    of entries: [ManifestItem.Entry], at path: ManifestItem.Path, in root: ManifestItem
  ) -> [ManifestChange] {
    let changed: (String, Int, [ManifestItem.Entry]) -> ManifestChange = { operation, index, changed in
      let word = entries.indices.contains(index) ? entries[index].key : ""
      return ManifestChange(operation, at: path + [index], root.replacing(path, .section(changed)), words: [word])
    }
    var changes = entries.indices.flatMap { index -> [ManifestChange] in
      var without = entries
      without.remove(at: index)
      var misspelt = entries
      misspelt[index].key = String(entries[index].key.dropLast()) + "x"
      var capitals = entries
      capitals[index].key = entries[index].key.uppercased()
      var twice = entries
      twice.append(entries[index])
      var copied = entries
      copied.append(.init(key: entries[index].key + "-copy", value: entries[index].value))
      return [
        changed("delete a key", index, without), changed("misspell a key", index, misspelt),
        changed("write a key in capitals", index, capitals), changed("write a key twice", entries.count, twice),
        changed("copy under another key", entries.count, copied),
      ]
    }
    changes.append(ManifestChange("empty a section", at: path, root.replacing(path, .section([]))))
    return changes
  }

  /// A key of every kind, where it belongs and where not.
  private static func added(
    _ entries: [ManifestItem.Entry], _ path: ManifestItem.Path, _ root: ManifestItem
  ) -> [ManifestChange] {
    SampleKeys.all.filter { sample in !entries.contains { $0.key == sample.key } }.map { key, value in
      ManifestChange(
        "add the key \(key)", at: path + [entries.count],
        root.replacing(path, .section(entries + [.init(key: key, value: value)])), words: [key])
    }
  }
}
