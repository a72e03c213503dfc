import Diagnostics

/// What reading a manifest gave.
public struct ManifestReading: Sendable {
  /// The manifest; `nil` if some value that was written could not be read, so that anything concluded from the rest
  /// would mislead. Findings of severity error may stand beside it (an unknown key, a feature not supported yet …).
  public let manifest: Manifest?
  /// Everything that was found, sorted.
  public let findings: [Finding]
  /// The files that were read: the manifest and what it includes, in the order of reading.
  public let files: [String]
}
