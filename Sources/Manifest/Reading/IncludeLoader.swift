import Diagnostics
import Foundation

/// Reads a manifest and the files under its `include:`, and joins them into one tree.
///
/// Files are joined in the order of the list, the including file last. What each key does when it is set twice is the
/// form's affair (`Merging`); `OverrideMark` says how a person allows it.
struct IncludeLoader {
  /// How deep files may include each other.
  static let deepest = 8
  /// How many files a manifest may consist of.
  static let mostFiles = 64

  /// The files read so far, as they are named.
  private(set) var files: [String] = []

  private let reading: Reading
  private var openFiles: [String] = []

  init(reading: Reading) { self.reading = reading }

  /// The joined tree of a manifest's text; `nil`, with findings, if there is none.
  mutating func load(text: String, file: String) throws(InputError) -> YAMLNode? {
    try load(text: text, file: file, over: nil, isIncluded: false)
  }

  /// A file's tree laid over those of the files that it includes, and these over `lower`.
  ///
  /// - Parameter isIncluded: Whether another file includes it; its version then speaks of this file alone.
  private mutating func load(
    text: String, file: String, over lower: YAMLNode?, isIncluded: Bool
  ) throws(InputError) -> YAMLNode? {
    files.append(file)
    openFiles.append(Self.identity(of: file))
    defer { openFiles.removeLast() }
    guard let root = try compose(text, file), let entries = usableEntries(of: root) else {
      reading.isIncomplete = true
      return lower
    }
    if isIncluded { checkVersion(in: entries) }
    var joined = lower
    for path in includes(in: entries) { joined = try loadIncluded(path, over: joined) }
    let own = [ManifestKeys.include.name] + (isIncluded ? [ManifestKeys.manifest.name] : [])
    let rest = entries.filter { !own.contains($0.key.text) }
    return ManifestJoin(reading: reading).join(
      root.with(.mapping(rest)), over: joined, as: ManifestKeys.form.merging)
  }

  private func compose(_ text: String, _ file: String) throws(InputError) -> YAMLNode? {
    if let place = SourceText.firstForeignLineBreak(in: text, file: file) {
      reading.report(
        YAMLRules.lineBreaks, at: [place],
        "here stands a Unicode line separator, which YAML takes for a line break and editors do not show as one",
        help: "delete the character, or put an ordinary line break in its place")
      return nil
    }
    do {
      return try YAMLComposer.compose(text: text, file: file, reading: reading)
    } catch {
      throw InputError(error.finding)
    }
  }

  /// The entries of a file's root, or a finding if it is no manifest of this version: what the rest of it means is
  /// then unknown.
  private func usableEntries(of root: YAMLNode?) -> [YAMLEntry]? {
    guard let root else { return nil }
    guard
      let entries = reading.entries(of: root, expecting: "a section with the keys `manifest`, `board` and `domains`")
    else { return nil }
    guard let version = entries.first(where: { $0.key.text == ManifestKeys.manifest.name })?.value,
      ManifestKeys.isOfOtherVersion(version)
    else { return entries }
    _ = ManifestKeys.manifest.form.read(version, reading)
    return nil
  }

  /// The version that an included file may state; it is left out of the joined tree, so that nobody reads it later.
  private func checkVersion(in entries: [YAMLEntry]) {
    guard let version = entries.first(where: { $0.key.text == ManifestKeys.manifest.name }) else { return }
    _ = reading.complete(ManifestKeys.manifest.form.read(version.value, reading))
  }

  private func includes(in entries: [YAMLEntry]) -> [Located<String>] {
    let entry = entries.first { $0.key.text == ManifestKeys.include.name }
    return entry.flatMap { reading.complete(ManifestKeys.include.form.read($0.value, reading)) } ?? []
  }

  private mutating func loadIncluded(
    _ path: Located<String>, over lower: YAMLNode?
  ) throws(InputError) -> YAMLNode? {
    let file = path.value
    guard !openFiles.contains(Self.identity(of: file)) else {
      refuse(
        path, ManifestRules.includeCycle, "\(Quotation.quoted(path: file)) includes itself, directly or through others",
        help: "remove one of the `include:` entries on the way round")
      return lower
    }
    guard openFiles.count <= Self.deepest, files.count < Self.mostFiles else {
      let isDeep = openFiles.count > Self.deepest
      refuse(
        path, ManifestRules.includeLimit,
        isDeep
          ? "files include each other more than \(Self.deepest) deep"
          : "more than \(Self.mostFiles) files are included",
        help: "join some of the files into one")
      return lower
    }
    let text = try SourceText.read(file: reading.places.place(of: file), namedAt: path.span)
    return try load(text: text, file: file, over: lower, isIncluded: true)
  }

  private func refuse(_ path: Located<String>, _ rule: RuleDescription, _ message: String, help: String) {
    reading.isIncomplete = true
    reading.report(rule, at: [path.span], message, subject: ManifestKeys.include.name, help: help)
  }

  /// One spelling for each file, whatever path leads to it.
  private static func identity(of file: String) -> String {
    URL(fileURLWithPath: file).standardizedFileURL.resolvingSymlinksInPath().path
  }
}
