import Foundation

/// The inputs that a built folder keeps, by its `lock.yaml`.
///
/// The folder's manifest names its files as they lay where it was written; here each such name leads to the copy in the
/// folder.
struct KeptInputs {
  /// The folder's manifest.
  let manifest: String
  /// The board's tree as it was used.
  let tree: String
  /// The lock.
  let lock: LockFile
  private let folder: String
  /// Place in the folder by subject.
  private let files: [String: String]

  /// Reads a folder's lock.
  ///
  /// - Throws: `InputError` if there is none, or if it does not name a file of the folder for every input.
  init(folder: String) throws(InputError) {
    let lock = try LockFile.read(file: "\(folder)/\(InputKeeping.lockFile)")
    let files = Dictionary(lock.kept.map { ($0.subject, $0.value) }) { first, _ in first }
    for input in lock.inputs {
      guard let file = files[input.subject], Self.isPlain(file) else {
        throw InputError(
          Finding(
            VerifyRules.keptInput, .error,
            "\(lock.file) names no file of the folder for \(Quotation.quoted(path: input.subject))",
            subjects: [input.subject], resource: ResourceReference(.file, lock.file), spans: [input.span],
            help: "build the folder again with `bulkhead build`"))
      }
    }
    self.folder = folder
    self.lock = lock
    self.files = files
    manifest = "\(folder)/manifest.yaml"
    tree = "\(folder)/board.dtb"
  }

  /// Where the files lie that the folder's manifest names.
  var places: FilePlaces {
    var places: [String: String] = [:]
    for (subject, file) in lock.kept.map({ ($0.subject, $0.value) }) {
      // `manifest NAME`, `domains.NAME.ROLE NAME`
      guard let space = subject.firstIndex(of: " ") else { continue }
      let name = subject[subject.index(after: space)...]
      let path = name.hasPrefix("/") ? String(name) : "\(folder)/\(name)"
      if places[path] == nil { places[path] = "\(folder)/\(file)" }
    }
    return FilePlaces(places)
  }

  /// Names of the folder's files that hold an input.
  var names: [String] { lock.inputs.compactMap { files[$0.subject] } }

  /// Kept inputs that are not what the lock recorded.
  func findings() -> [Finding] {
    lock.inputs.compactMap { input in
      guard let file = files[input.subject] else { return nil }
      let hash: String?
      do throws(PayloadProblem) { hash = try InputDigest.sha256(ofFile: "\(folder)/\(file)") } catch { hash = nil }
      guard hash != input.value else { return nil }
      return Finding(
        VerifyRules.keptInput, .error,
        "\(Quotation.quoted(path: file)) \(hash == nil ? "is missing or cannot be read" : "has another SHA-256"), and "
          + "\(InputKeeping.lockFile) recorded it as the input \(Quotation.quoted(path: input.subject))",
        subjects: [file, input.subject], resource: ResourceReference(.file, file), spans: [input.span],
        help: "build the folder again with `bulkhead build`; do not edit what it wrote")
    }
  }

  /// A name below the folder.
  private static func isPlain(_ name: String) -> Bool {
    name.split(separator: "/", omittingEmptySubsequences: false).allSatisfy { !["", ".", ".."].contains($0) }
  }
}
