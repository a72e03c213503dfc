/// Bytes as a person's text file.
enum TextInput {
  /// The text; `nil` where the readers refuse the bytes before they look at them, because they are not UTF-8.
  static func text(_ bytes: [UInt8]) -> String? { String(validating: bytes, as: UTF8.self) }

  /// Lines as editors count them, which is as far as a finding's place may reach.
  static func lineCount(_ text: String) -> Int { text.utf8.count { $0 == 0x0A || $0 == 0x0D } + 1 }
}
