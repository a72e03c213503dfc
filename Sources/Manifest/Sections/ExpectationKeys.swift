import Diagnostics

/// The keys of an entry of `expect:`.
enum ExpectationKeys {
  static let domain = Key("domain", .domainReference, required: true, "The domain whose console is watched.")
  static let console = Key(
    "console", .line("a piece of text", atLeast: 1), required: true, "The text that has to appear on a line.")
  static let within = Key("within", .time, required: true, "How long to wait, from the start (see `after-previous`).")
  static let afterPrevious = Key(
    "after-previous", .truth,
    "Whether only lines count that start after the entry above was met; `within` is then counted from that moment.")
  static let note = Key("note", .line("a sentence", atLeast: 1), "What to tell the person watching once it is met.")

  static let all: [any SectionKey] = [domain, console, within, afterPrevious, note]

  static let form = Form<ExpectationDeclaration>.section(all, isJoined: false) { fields, _ in
    guard let domain = fields[domain], let console = fields[console], let within = fields[within] else { return nil }
    return ExpectationDeclaration(
      domain: domain, console: console, within: within, isAfterPrevious: fields[afterPrevious]?.value ?? false,
      note: fields[note])
  }
}
