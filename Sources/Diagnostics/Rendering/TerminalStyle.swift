/// Colours on a terminal (ECMA-48, Select Graphic Rendition), or none.
struct TerminalStyle {
  /// What a piece of text is.
  enum Role {
    case severity(Severity)
    case strong
    case faint
    case place
    case help
  }

  let usesColour: Bool

  /// The text in the colour of its role.
  func paint(_ text: String, as role: Role) -> String {
    usesColour ? "\u{1B}[\(code(for: role))m\(text)\u{1B}[0m" : text
  }

  private func code(for role: Role) -> String {
    switch role {
    case .severity(.error): "1;31"
    case .severity(.warning): "1;33"
    case .severity(.note): "1;36"
    case .strong: "1"
    case .faint: "2"
    case .place: "34"
    case .help: "32"
    }
  }
}
