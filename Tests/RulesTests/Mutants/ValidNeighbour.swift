/// Looks for the valid manifest that a failing one is a mutant of: one change away from it.
struct ValidNeighbour {
  /// What was undone, and where.
  let change: String

  /// Tries changes, those at the lines where the rule speaks first; `nil` if none makes the manifest valid.
  init?(of failing: FailingManifest) {
    let found = Self.candidates(failing).first { failing.isValid($0.text) }
    guard let found else { return nil }
    change = found.words
  }

  /// What most often helps comes first: the lines where the rule speaks, then leaving things out, then other values.
  private static func candidates(_ failing: FailingManifest) -> [(words: String, text: String)] {
    let lines = lineChanges(failing.text, failing.lines)
    guard let root = ManifestItem(yaml: failing.text) else { return lines }
    let structure = root.places.flatMap {
      StructureMutations.changes(of: $0.item, at: $0.path, in: root, addsKeys: false)
    }
    let gone = structure.filter { $0.operation.hasPrefix("delete") }
    let banks = SampleKeys.banks(in: root).map { ManifestChange("add the key memory-banks", at: [], $0) }
    let values = root.places.flatMap { repairs($0.item, at: $0.path, in: root) }
    let texts = (gone + banks + values).map { change in
      (words: "\(change.operation) at \(root.words(of: change.path))", text: ManifestLayout(change.root).text)
    }
    return Array(lines.prefix(2 * failing.lines.count)) + texts + lines
  }

  /// Leaving out a line, where the rule speaks before everywhere else.
  private static func lineChanges(_ text: String, _ preferred: [Int]) -> [(words: String, text: String)] {
    let lines = text.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
    let order = preferred.map { $0 - 1 } + Array(lines.indices)
    return order.filter { lines.indices.contains($0) && !lines[$0].hasPrefix("#") }.flatMap { index in
      var without = lines
      without.remove(at: index)
      var untabbed = lines
      untabbed[index] = lines[index].replacing("\t", with: "")
      return [
        ("leave line \(index + 1) out", without.joined(separator: "\n")),
        ("no tab in line \(index + 1)", untabbed.joined(separator: "\n")),
      ]
    }
  }

  /// Values that are right somewhere.
  private static func repairs(
    _ item: ManifestItem, at path: ManifestItem.Path, in root: ManifestItem
  ) -> [ManifestChange] {
    guard case .scalar = item else { return [] }
    return [
      "raw.bin", "Image", "initrd.gz", "16 MiB", "128 MiB", "1 MiB", "64 KiB", "0", "1", "2", "3", "0x42000000",
      "0x60000000", "0x44000000", "0x48800000", "cluster", "left", "none", "qemu-virt", "generic", "QM", "ASIL-D",
      "halt", "true", "a",
      "boot-configured", "owned-by left", "owned-by right", "24000000", "BH-DMA-002",
    ].map { ManifestChange("write \($0)", at: path, root.replacing(path, .scalar($0, isQuoted: false))) }
  }
}
