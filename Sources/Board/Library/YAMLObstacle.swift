private import CYaml

/// What keeps a text from being composed by Yams, which reads nested lists and mappings by recursion, and compares keys
/// as a whole: a page of nested aliases in place of a key takes longer than anybody lives.
///
/// The text's events are read one by one, as far as the first obstacle.
package struct YAMLObstacle: Hashable, Sendable {
  /// What stands there, in words that follow the file's name.
  package let words: String
  /// The line, from 1.
  package let line: Int
  /// The column, from 1.
  package let column: Int

  /// Levels of lists and mappings within each other, at most.
  package static let depthLimit = 64

  /// The first obstacle of a text; `nil` if there is none before the text ends or ceases to be YAML.
  package static func first(in text: String) -> YAMLObstacle? {
    var text = text
    return text.withUTF8 { bytes in
      var parser = yaml_parser_t()
      guard yaml_parser_initialize(&parser) == 1 else { return nil }
      defer { yaml_parser_delete(&parser) }
      yaml_parser_set_encoding(&parser, YAML_UTF8_ENCODING)
      yaml_parser_set_input_string(&parser, bytes.baseAddress, bytes.count)
      return first(of: &parser)
    }
  }

  private static func first(of parser: inout yaml_parser_t) -> YAMLObstacle? {
    var depth = 0
    while true {
      var event = yaml_event_t()
      guard yaml_parser_parse(&parser, &event) == 1 else { return stop(of: parser) }
      defer { yaml_event_delete(&event) }
      let place = (line: event.start_mark.line + 1, column: event.start_mark.column + 1)
      switch event.type {
      case YAML_STREAM_END_EVENT: return nil
      case YAML_ALIAS_EVENT:
        return YAMLObstacle(words: "has an alias (`*`); write the value itself", line: place.line, column: place.column)
      case YAML_SEQUENCE_START_EVENT, YAML_MAPPING_START_EVENT:
        depth += 1
        if depth > depthLimit {
          return tooDeep(line: place.line, column: place.column)
        }
      case YAML_SEQUENCE_END_EVENT, YAML_MAPPING_END_EVENT: depth -= 1
      default: break
      }
    }
  }
  /// libyaml looks ahead for a colon behind a bracket, and stops by itself at a thousand of them before it has told of any.
  private static func stop(of parser: yaml_parser_t) -> YAMLObstacle? {
    guard let problem = parser.problem, String(cString: problem).contains("nesting level") else { return nil }
    return tooDeep(line: parser.mark.line + 1, column: parser.mark.column + 1)
  }

  private static func tooDeep(line: Int, column: Int) -> YAMLObstacle {
    YAMLObstacle(words: "has lists or mappings more than \(depthLimit) levels deep", line: line, column: column)
  }
}
