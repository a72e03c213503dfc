private import CYaml
import Diagnostics

/// A stream of libyaml's parser events.
///
/// Yams bundles libyaml as the module CYaml. Its own composer stops at the first duplicate key, hides where an alias
/// was used, and hashes whole mappings when they serve as keys, which a page of nested aliases turns into hours of
/// work; a manifest needs all findings, every place, and no such trap. So the events are read one by one.
///
/// - Invariant: the parser keeps a pointer into `bytes`, which this object owns and never changes.
final class YAMLEventStream {
  private let file: String
  private let bytes: UnsafeMutableBufferPointer<UInt8>
  private var parser = yaml_parser_t()

  /// Starts at the beginning of a text without byte order mark.
  init(text: String, file: String) {
    self.file = file
    bytes = .allocate(capacity: text.utf8.count)
    _ = bytes.initialize(from: text.utf8)
    yaml_parser_initialize(&parser)
    yaml_parser_set_encoding(&parser, YAML_UTF8_ENCODING)
    yaml_parser_set_input_string(&parser, bytes.baseAddress, bytes.count)
  }

  deinit {
    yaml_parser_delete(&parser)
    bytes.deallocate()
  }

  /// The next event. After `streamEnd` and after an error the stream must not be asked again.
  func next() throws(YAMLSyntaxError) -> YAMLEvent {
    var event = yaml_event_t()
    guard yaml_parser_parse(&parser, &event) == 1 else { throw syntaxError() }
    defer { yaml_event_delete(&event) }
    let (kind, anchor, tag) = contents(of: event)
    return YAMLEvent(kind: kind, span: span(of: event), anchor: anchor, tag: tag)
  }

  private func contents(of event: yaml_event_t) -> (YAMLEvent.Kind, anchor: String?, tag: String?) {
    let data = event.data
    switch event.type {
    case YAML_DOCUMENT_START_EVENT: return (.documentStart, nil, nil)
    case YAML_STREAM_END_EVENT: return (.streamEnd, nil, nil)
    case YAML_ALIAS_EVENT: return (.alias, string(data.alias.anchor), nil)
    case YAML_SEQUENCE_START_EVENT:
      return (.sequenceStart, string(data.sequence_start.anchor), string(data.sequence_start.tag))
    case YAML_SEQUENCE_END_EVENT: return (.sequenceEnd, nil, nil)
    case YAML_MAPPING_START_EVENT:
      return (.mappingStart, string(data.mapping_start.anchor), string(data.mapping_start.tag))
    case YAML_MAPPING_END_EVENT: return (.mappingEnd, nil, nil)
    case YAML_SCALAR_EVENT:
      let value = UnsafeBufferPointer(start: data.scalar.value, count: data.scalar.length)
      let scalar = YAMLScalar(
        text: String(decoding: value, as: UTF8.self), isPlain: data.scalar.style == YAML_PLAIN_SCALAR_STYLE)
      return (.scalar(scalar), string(data.scalar.anchor), string(data.scalar.tag))
    default: return (.other, nil, nil)
    }
  }

  private func string(_ pointer: UnsafePointer<yaml_char_t>?) -> String? {
    pointer.map { String(cString: $0) }
  }

  private func span(of event: yaml_event_t) -> SourceSpan {
    let start = event.start_mark
    let end = event.end_mark
    let length = end.line == start.line && end.column > start.column ? end.column - start.column : 1
    return SourceSpan(start: position(start), length: length)
  }

  private func position(_ mark: yaml_mark_t) -> SourcePosition {
    SourcePosition(file: file, line: mark.line + 1, column: mark.column + 1)
  }

  private func syntaxError() -> YAMLSyntaxError {
    let problem = parser.problem.map { String(cString: $0) } ?? "it cannot be read"
    let context = parser.context.map { String(cString: $0) }
    return YAMLSyntaxError(
      problem: problem, context: context, position: position(parser.problem_mark),
      contextPosition: context == nil ? nil : position(parser.context_mark))
  }
}
