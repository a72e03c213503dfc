import Diagnostics

/// The values of a section's keys, as far as they are written and could be read.
struct Fields {
  /// The section itself.
  let node: YAMLNode
  private let values: [String: any Sendable]
  private let places: [String: SourceSpan]

  init(node: YAMLNode, values: [String: any Sendable], places: [String: SourceSpan]) {
    self.node = node
    self.values = values
    self.places = places
  }

  /// The value of a key.
  subscript<Value>(key: Key<Value>) -> Value? { values[key.name] as? Value }

  /// Where a key is written, whether or not its value could be read.
  func place(of key: some SectionKey) -> SourceSpan? { places[key.name] }

  /// The key that the section stands under, with its place.
  var heading: Located<String> { Located(node.heading?.text ?? "", at: node.place) }
}
