/// How SMT-LIB 2.6 writes what the problems are made of.
enum SMTNotation {
  /// A 64-bit constant.
  static func constant(_ value: UInt64) -> String {
    let digits = String(value, radix: 16)
    return "#x" + String(repeating: "0", count: 16 - digits.count) + digits
  }

  /// A constant of as many bits as `digits` hexadecimal digits have, the first word in the lowest bits.
  static func constant(words: [UInt32]) -> String {
    "#x"
      + words.reversed().map { word in
        let digits = String(word, radix: 16)
        return String(repeating: "0", count: 8 - digits.count) + digits
      }.joined()
  }

  /// Comment lines of at most 120 characters. Names from an image may hold anything: what is not printable ASCII becomes
  /// a question mark, so that no comment can end early and become a command.
  static func comment(_ text: String) -> [String] {
    var lines: [String] = []
    var line = ";"
    for word in printable(text).split(separator: " ") {
      if line.utf8.count + word.utf8.count + 1 > 120, line != ";" {
        lines.append(line)
        line = ";"
      }
      line += " " + word
    }
    return lines + [line]
  }

  /// A remark behind a command.
  static func remark(_ text: String) -> String { " ; " + printable(text) }

  /// `(or …)` of any number of terms, each on a line of its own. The operator takes two terms at least.
  static func anyOf(_ terms: [String], indentation: String = "  ") -> [String] {
    ["\(indentation)(or false false"] + terms.map { "\(indentation)  \($0)" } + ["\(indentation))"]
  }

  private static func printable(_ text: String) -> String {
    String(text.unicodeScalars.map { $0.isASCII && $0.value >= 32 && $0.value < 127 ? Character($0) : "?" })
  }
}
