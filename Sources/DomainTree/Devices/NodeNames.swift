/// Gives nodes of one parent names that differ.
struct NodeNames {
  private var taken: Set<String>

  /// Starts with names that are taken.
  init(taken: Set<String> = []) { self.taken = taken }

  /// The name, or the name with a number: behind the unit address, where there is one, `led@8,1`, else `clock-2`.
  mutating func unique(_ name: String) -> String {
    var candidate = name
    var number = 1
    while !taken.insert(candidate).inserted {
      candidate = name.contains("@") ? "\(name),\(number)" : "\(name)-\(number + 1)"
      number += 1
    }
    return candidate
  }
}
