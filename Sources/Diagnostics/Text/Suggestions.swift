/// "Did you mean": the nearest of the words that would have been right.
public enum Suggestions {
  /// Longest word that is compared; a longer one is not a slip of the finger.
  private static let longestWord = 64

  /// The candidate that a person most probably meant by `word`, or `nil` if none is near.
  ///
  /// Near means: the same but for case, spaces, `-` and `_`; or at most a third of the longer word's characters
  /// (and at least one) changed, left out, added or swapped with a neighbour. Of several equally near ones the first
  /// in the order of `candidates` wins.
  public static func nearest(to word: String, among candidates: some Sequence<String>) -> String? {
    guard !word.isEmpty, word.unicodeScalars.count <= longestWord else { return nil }
    let wanted = Array(folded(word).unicodeScalars)
    var best: (candidate: String, distance: Int)?
    for candidate in candidates where candidate != word && candidate.unicodeScalars.count <= longestWord {
      let other = Array(folded(candidate).unicodeScalars)
      let distance = editDistance(wanted, other)
      guard distance <= max(1, max(wanted.count, other.count) / 3), distance < max(wanted.count, other.count) else {
        continue
      }
      if distance < best?.distance ?? Int.max { best = (candidate, distance) }
    }
    return best?.candidate
  }

  /// `did you mean` with the nearest candidate as a help line, or `nil` if none is near.
  public static func help(for word: String, among candidates: some Sequence<String>) -> String? {
    nearest(to: word, among: candidates).map { "did you mean `\($0)`?" }
  }

  /// Lower case without the marks that people mix up.
  private static func folded(_ word: String) -> String {
    word.lowercased().filter { $0 != "-" && $0 != "_" && $0 != " " }
  }

  /// The number of single-character changes between two words, a swap of neighbours counting as one
  /// (optimal string alignment distance).
  private static func editDistance(_ left: [Unicode.Scalar], _ right: [Unicode.Scalar]) -> Int {
    var beforeLast = [Int](repeating: 0, count: right.count + 1)
    var last = Array(0...right.count)
    for row in left.indices {
      var current = [row + 1]
      current.reserveCapacity(right.count + 1)
      for column in right.indices {
        let cost = left[row] == right[column] ? 0 : 1
        var distance = min(last[column + 1] + 1, current[column] + 1, last[column] + cost)
        if row > 0, column > 0, left[row] == right[column - 1], left[row - 1] == right[column] {
          distance = min(distance, beforeLast[column - 1] + 1)
        }
        current.append(distance)
      }
      beforeLast = last
      last = current
    }
    return last[right.count]
  }
}
