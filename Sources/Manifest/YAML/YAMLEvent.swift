import Diagnostics

/// One event of libyaml's parser, copied out of its memory.
struct YAMLEvent {
  /// What happened.
  enum Kind {
    case documentStart
    case scalar(YAMLScalar)
    case sequenceStart
    case sequenceEnd
    case mappingStart
    case mappingEnd
    case alias
    case streamEnd
    /// Stream start and document end, which say nothing.
    case other
  }

  /// What happened.
  let kind: Kind
  /// The text that the event stands for, on its first line.
  let span: SourceSpan
  /// `&name` before the node.
  let anchor: String?
  /// `!tag` before the node.
  let tag: String?
}
