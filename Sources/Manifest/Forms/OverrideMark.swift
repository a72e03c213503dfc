import Diagnostics

/// The mark `override: true`.
///
/// A section that carries it may set keys that an included file sets as well; its values then count. The mark holds
/// for the keys of its own section only, not for the sections inside it: those are joined key by key and need a mark
/// of their own. A list is replaced as a whole.
enum OverrideMark {
  /// The key of the mark.
  static let key = "override"

  /// What the schema says about the mark.
  static let schema = Form.truth.schema.described(
    "The keys of this section, but not of the sections in it, replace those that an included file sets.")

  /// Reads the mark of a section and takes it out.
  static func take(from entries: [YAMLEntry], _ reading: Reading) -> (mark: Located<Bool>?, rest: [YAMLEntry]) {
    guard let index = entries.firstIndex(where: { $0.key.text == key }) else { return (nil, entries) }
    var rest = entries
    let entry = rest.remove(at: index)
    let mark = reading.complete(Form.truth.read(entry.value, reading))
    return (mark.map { Located($0.value, at: entry.key.span) }, rest)
  }
}
