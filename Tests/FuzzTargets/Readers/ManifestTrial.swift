import Diagnostics
import Manifest

/// Manifests. Every finding has a place inside the file, a severity error or a refusal says why there is no manifest, and
/// reading again says the same.
enum ManifestTrial {
  private static let file = "/nowhere/fuzz.yaml"

  @Sendable static func run(_ bytes: [UInt8]) throws {
    guard let text = TextInput.text(bytes) else { return }
    guard let first = try read(text) else {
      try require(try read(text) == nil, "the same text is YAML and is not")
      return
    }
    guard let second = try read(text) else { throw Mismatch("the same text is YAML and is not") }
    try require(first.findings, is: second.findings, "findings of a second reading")
    try require(first.manifest == nil, is: second.manifest == nil, "a second reading gives a manifest")
    // Putting a manifest into words takes longer than all the rest.
    if bytes.count.isMultiple(of: 16) {
      try require(
        String(describing: first.manifest), is: String(describing: second.manifest), "the manifest of a second reading")
    }
    try check(first.findings, text)
    if first.manifest == nil {
      try require(first.findings.contains { $0.severity == .error }, "there is no manifest, and nothing says why")
    }
  }

  private static func read(_ text: String) throws -> ManifestReading? {
    do throws(InputError) {
      return try ManifestReader.read(text: text, file: file)
    } catch {
      // What is refused says why, and where.
      try check([error.finding], text)
      return nil
    }
  }

  private static func check(_ findings: [Finding], _ text: String) throws(Mismatch) {
    let lines = TextInput.lineCount(text)
    for finding in findings {
      try require(!finding.message.isEmpty, "a finding of \(finding.rule) without words")
      for span in finding.spans where span.start.file == file {
        try require(
          (1...lines + 1).contains(span.start.line),
          "a finding of \(finding.rule) in line \(span.start.line) of a file of \(lines) lines")
      }
    }
  }
}
