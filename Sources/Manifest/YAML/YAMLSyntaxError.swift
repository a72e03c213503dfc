import Diagnostics

/// Text that is not YAML, in libyaml's words.
struct YAMLSyntaxError: Error {
  /// What libyaml stumbled over.
  let problem: String
  /// What it was reading at that time.
  let context: String?
  /// Where it stopped.
  let position: SourcePosition
  /// Where what it was reading began.
  let contextPosition: SourcePosition?
}
