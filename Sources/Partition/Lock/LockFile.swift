import Diagnostics
import Ownership

/// What `NAME.lock.yaml` beside a manifest holds: the hash of every input, and every address that was chosen.
///
/// `build` writes it, people review how it changes, and `--locked` refuses whatever comes out differently.
public struct LockFile: Sendable {
  /// The version of the format.
  static let version = 1

  /// The file's name.
  public let file: String
  /// The manifest's name.
  public let manifest: String
  /// SHA-256 of the manifest, what it includes, the device tree and every payload.
  public let inputs: [LockEntry]
  /// Every address that was chosen or taken over.
  public let addresses: [LockEntry]
  /// In the lock that lies in a built folder: the file of the folder that each input is kept in. Empty elsewhere.
  public let kept: [LockEntry]

  /// Where the lock of a manifest stands: `boards/a/cockpit.lock.yaml` for `boards/a/cockpit.yaml`.
  public static func path(beside manifest: String) -> String {
    for suffix in [".yaml", ".yml"] where manifest.hasSuffix(suffix) {
      return manifest.dropLast(suffix.count) + ".lock.yaml"
    }
    return manifest + ".lock.yaml"
  }

  /// The lock of a plan. Reads and hashes every input whose SHA-256 is not known.
  ///
  /// - Parameters:
  ///   - files: the manifest and what it includes (`ManifestReading.files`).
  ///   - digests: SHA-256 of files, hexadecimal, by their paths.
  /// - Throws: `InputError` with the finding of an input that has become unreadable.
  public init(of plan: Plan, files: [String], digests: [String: String] = [:]) throws(InputError) {
    var inputs: [LockEntry] = []
    for input in plan.inputs(files: files) { inputs.append(LockEntry(input.subject, try input.sha256(digests))) }
    self.init(
      file: Self.path(beside: plan.manifest.file), manifest: plan.manifest.name.value, inputs: inputs,
      addresses: LockAddresses(plan: plan).entries())
  }

  init(
    file: String, manifest: String, inputs: [LockEntry], addresses: [LockEntry], kept: [LockEntry] = []
  ) {
    self.file = file
    self.manifest = manifest
    self.inputs = inputs
    self.addresses = addresses
    self.kept = kept
  }

  /// The lock as it lies in a built folder.
  ///
  /// - Parameter files: The folder's file that an input is kept in, by the input's subject.
  public func keeping(_ files: [(subject: String, file: String)]) -> LockFile {
    LockFile(
      file: file, manifest: manifest, inputs: inputs, addresses: addresses,
      kept: files.map { LockEntry($0.subject, $0.file) })
  }
}
