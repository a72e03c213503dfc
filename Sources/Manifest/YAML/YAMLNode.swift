import Diagnostics

/// One node of a YAML document with its place.
struct YAMLNode: Sendable {
  /// What a node holds.
  enum Content: Sendable {
    case scalar(YAMLScalar)
    case sequence([YAMLNode])
    case mapping([YAMLEntry])
    /// Something that a manifest may not use (an alias, a tag …); the finding has been made, so readers keep silent.
    case refused
  }

  /// What the node holds.
  let content: Content
  /// A scalar's text on its first line; the first character of a sequence or mapping.
  let span: SourceSpan
  /// The key that the node is the value of.
  let heading: YAMLKey?
  /// Where the node is in the document: `domains.cluster.memory[0].size`.
  let path: String

  /// The best place for a finding about the node as a whole: its key, or else itself.
  var place: SourceSpan { heading?.span ?? span }

  /// The entries of a mapping, or `nil` if the node is none.
  var entries: [YAMLEntry]? {
    guard case .mapping(let entries) = content else { return nil }
    return entries
  }

  /// The node with other content.
  func with(_ content: Content) -> YAMLNode {
    YAMLNode(content: content, span: span, heading: heading, path: path)
  }
}
