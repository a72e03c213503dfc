/// The strings block of a generated tree: the order in which its names were put there.
///
/// libfdt's sequential writer puts each name that is not there yet before all that are, and takes the first place where
/// a name stands already, if only as the end of a longer one. Followed property by property, that leaves each property
/// one possible offset, and the block without a byte that no property needs.
struct NameOrder {
  private let strings: BigEndianBytes
  /// Where the names of the properties seen so far start.
  private var start: Int
  /// By offset: `start` when the name there was last found to be the first of its kind.
  private var checked: [Int: Int] = [:]

  /// Starts before the first property.
  init(_ strings: BigEndianBytes) {
    self.strings = strings
    start = strings.count
  }

  /// Takes the name of the next property; what is wrong with it, in words, or `nil`.
  mutating func use(_ offset: Int) -> String? {
    if checked[offset] == start { return nil }
    guard offset < strings.count, let zero = strings.zero(from: offset), zero > offset else {
      return "a property's name lies outside of the strings block, or is empty"
    }
    let length = zero - offset + 1
    if let first = firstPlace(of: offset, length: length) {
      guard first == offset else { return "a property's name is taken from another place than its first" }
    } else {
      guard offset + length == start else { return "a property's name is not where the next new name belongs" }
      start = offset
    }
    checked[offset] = start
    return nil
  }

  /// What is wrong once all properties are seen.
  var rest: String? { start == 0 ? nil : "the strings block starts with \(start) bytes that no property needs" }

  private func firstPlace(of offset: Int, length: Int) -> Int? {
    var place = start
    while place <= strings.count - length {
      if strings.isSameText(at: place, as: offset, length: length) { return place }
      place += 1
    }
    return nil
  }
}
