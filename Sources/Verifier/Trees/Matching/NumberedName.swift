/// A node's name that may end in a number, given to it because other nodes have the name without one.
struct NumberedName {
  /// The name as it stands, and what it would be without the number.
  let candidates: [String]
  /// The number, where the name ends in one.
  let number: Int?

  /// Takes a name apart: `led@8,1` with a comma, counted from 1, and `clock-2` with a hyphen, counted from 2.
  init(_ name: String, separator: Character, first: Int) {
    guard let position = name.lastIndex(of: separator), position > name.startIndex,
      let number = Int(name[name.index(after: position)...]), number >= first,
      name[name.index(after: position)...] == String(number)
    else {
      candidates = [name]
      number = nil
      return
    }
    candidates = [name, String(name[..<position])]
    self.number = number
  }
}
