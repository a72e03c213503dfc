/// A JSON value whose objects keep the order in which their keys were given, so that output is the same on any day.
public indirect enum JSONValue: Hashable, Sendable {
  case null
  case boolean(Bool)
  case integer(Int64)
  case unsigned(UInt64)
  case string(String)
  case array([JSONValue])
  case object([Member])

  /// One key of an object with its value.
  public struct Member: Hashable, Sendable {
    /// The key.
    public let key: String
    /// The value.
    public let value: JSONValue

    /// Pairs a key with its value.
    public init(_ key: String, _ value: JSONValue) {
      self.key = key
      self.value = value
    }
  }

  /// The value of a key, if this is an object that has it.
  public subscript(key: String) -> JSONValue? {
    guard case .object(let members) = self else { return nil }
    return members.first { $0.key == key }?.value
  }
}

extension JSONValue: ExpressibleByStringLiteral, ExpressibleByIntegerLiteral, ExpressibleByBooleanLiteral,
  ExpressibleByArrayLiteral, ExpressibleByDictionaryLiteral
{
  /// A string.
  public init(stringLiteral value: String) { self = .string(value) }
  /// An integer.
  public init(integerLiteral value: Int64) { self = .integer(value) }
  /// A truth value.
  public init(booleanLiteral value: Bool) { self = .boolean(value) }
  /// An array.
  public init(arrayLiteral elements: JSONValue...) { self = .array(elements) }
  /// An object with its keys in the order of writing.
  public init(dictionaryLiteral elements: (String, JSONValue)...) {
    self = .object(elements.map { Member($0.0, $0.1) })
  }
}

extension JSONValue {
  /// The value as JSON text (RFC 8259), indented by two spaces a level, without a line break at the end.
  ///
  /// Arrays and objects that hold nothing nested and fit in 100 characters stay on one line.
  public var text: String {
    var result = ""
    write(into: &result, indentation: 0)
    return result
  }

  private static let lineWidth = 100

  private func write(into result: inout String, indentation: Int) {
    let inner = String(repeating: " ", count: indentation + 2)
    let outer = String(repeating: " ", count: indentation)
    switch self {
    case .array(let elements) where !elements.isEmpty && !fitsOneLine:
      result += "[\n"
      for (index, element) in elements.enumerated() {
        result += inner
        element.write(into: &result, indentation: indentation + 2)
        result += index + 1 < elements.count ? ",\n" : "\n"
      }
      result += outer + "]"
    case .object(let members) where !members.isEmpty && !fitsOneLine:
      result += "{\n"
      for (index, member) in members.enumerated() {
        result += inner + Self.quoted(member.key) + ": "
        member.value.write(into: &result, indentation: indentation + 2)
        result += index + 1 < members.count ? ",\n" : "\n"
      }
      result += outer + "}"
    default:
      result += oneLine
    }
  }

  private var fitsOneLine: Bool {
    switch self {
    case .array(let elements): elements.allSatisfy(\.isPlain) && oneLine.utf8.count <= Self.lineWidth
    case .object(let members): members.allSatisfy(\.value.isPlain) && oneLine.utf8.count <= Self.lineWidth
    default: true
    }
  }

  private var isPlain: Bool {
    switch self {
    case .array(let elements): elements.isEmpty
    case .object(let members): members.isEmpty
    default: true
    }
  }

  /// The value on a single line.
  public var oneLine: String {
    switch self {
    case .null: "null"
    case .boolean(let value): value ? "true" : "false"
    case .integer(let value): String(value)
    case .unsigned(let value): String(value)
    case .string(let value): Self.quoted(value)
    case .array(let elements): "[" + elements.map(\.oneLine).joined(separator: ", ") + "]"
    case .object(let members):
      members.isEmpty
        ? "{}" : "{ " + members.map { "\(Self.quoted($0.key)): \($0.value.oneLine)" }.joined(separator: ", ") + " }"
    }
  }

  private static func quoted(_ text: String) -> String {
    var result = "\""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "\"": result += "\\\""
      case "\\": result += "\\\\"
      case "\n": result += "\\n"
      case "\t": result += "\\t"
      case "\r": result += "\\r"
      case "\u{0}"..."\u{1F}", "\u{7F}":
        let digits = String(scalar.value, radix: 16)
        result += "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
      default: result.unicodeScalars.append(scalar)
      }
    }
    return result + "\""
  }
}
