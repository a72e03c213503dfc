import Diagnostics

/// Reads manifests of version 1.
public enum ManifestReader {
  /// Reads a manifest and the files that it includes.
  ///
  /// - Parameters:
  ///   - file: The file's path; file names in findings start with it.
  ///   - rules: Every rule that a waiver may name; `nil` leaves waivers' rules unchecked.
  ///   - places: Where the files lie that the manifest names.
  /// - Throws: `InputError` if a file is missing, unreadable, or not YAML.
  public static func read(
    file: String, rules: [RuleDescription]? = nil, places: FilePlaces = .asNamed
  ) throws(InputError) -> ManifestReading {
    try read(text: SourceText.read(file: file), file: file, rules: rules, places: places)
  }

  /// Reads a manifest from text, as if it stood in `file`; included files are read from disk.
  ///
  /// - Throws: `InputError` if the text is not YAML, or an included file is missing, unreadable or not YAML.
  public static func read(
    text: String, file: String, rules: [RuleDescription]? = nil, places: FilePlaces = .asNamed
  ) throws(InputError) -> ManifestReading {
    let reading = Reading(places: places)
    var loader = IncludeLoader(reading: reading)
    let root = try loader.load(text: text, file: file)
    let manifest = reading.complete(root.flatMap { ManifestKeys.form.read($0, reading) })
    if let manifest {
      ManifestChecks(manifest: manifest, domainNames: domainNames(in: root), reading: reading, rules: rules).run()
      Support.check(manifest, reading)
    }
    return ManifestReading(
      manifest: reading.isIncomplete ? nil : manifest, findings: reading.findings.ordered(), files: loader.files)
  }

  /// The names under `domains:`, whether or not the domains could be read.
  private static func domainNames(in root: YAMLNode?) -> [String] {
    let domains = root?.entries?.first { $0.key.text == ManifestKeys.domains.name }
    return domains?.value.entries?.map(\.key.text) ?? []
  }
}
