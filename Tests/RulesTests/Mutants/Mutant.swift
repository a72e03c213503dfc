/// A manifest with one change.
struct Mutant {
  /// What was done: `off by one`.
  let operation: String
  /// Where, in a finding's words: `domains.cluster.cpus[0]`.
  let place: String
  /// The whole text.
  let text: String
  /// The lines that were changed, or that held what is gone.
  let lines: ClosedRange<Int>
  /// Words that a finding may name in place of the lines: the key, the value before and after.
  let words: [String]

  /// Every mutant of a manifest.
  ///
  /// - Parameters:
  ///   - nodes: those that take the place of nodes which it names.
  ///   - isWhole: whether keys of every kind are added to every section, and every line is broken as YAML: what comes out
  ///     the same for every manifest with the same sections.
  static func all(of root: ManifestItem, nodes: [String] = [], isWhole: Bool = true) -> [Mutant] {
    let base = ManifestLayout(root)
    let changes = root.places.flatMap { path, item in
      StructureMutations.changes(of: item, at: path, in: root)
        + ValueMutations.changes(of: item, at: path, in: root, nodes: nodes)
    }
    var seen: Set<String> = [base.text]
    let mutants = changes.map { $0.mutant(of: root) } + (isWhole ? TextMutations.mutants(of: base) : [])
    return mutants.filter { seen.insert($0.text).inserted }
  }
}

/// A change to a tree of values, before it is written.
struct ManifestChange {
  let operation: String
  /// What is changed, in the tree as it is afterwards.
  let path: ManifestItem.Path
  let root: ManifestItem
  let words: [String]

  init(_ operation: String, at path: ManifestItem.Path, _ root: ManifestItem, words: [String] = []) {
    self.operation = operation
    self.path = path
    self.root = root
    self.words = words
  }

  /// Writes it.
  func mutant(of original: ManifestItem) -> Mutant {
    let layout = ManifestLayout(root)
    // What is gone has no line of its own any more: that of what held it counts.
    let place = (0...path.count).reversed().lazy.map { Array(path.prefix($0)) }.first { layout.lines[$0] != nil } ?? []
    return Mutant(
      operation: operation, place: original.words(of: path), text: layout.text, lines: layout.lines[place] ?? 1...1,
      words: words)
  }
}
