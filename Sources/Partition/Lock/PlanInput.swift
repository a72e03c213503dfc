import Diagnostics
import Manifest

/// One of the things that a plan was made from.
public struct PlanInput: Sendable {
  /// What it is and how the manifest names it: `domains.cluster.kernel ../cluster.bin`.
  public let subject: String
  /// The domain that a payload is for; `nil` for everything else.
  public let domain: String?
  /// What a payload is for; `nil` for everything else.
  public let role: PlacedPayload.Role?
  /// The file; `nil` for the board's tree, which may have been put together from several.
  public let file: String?
  /// Where the manifest names it.
  public let span: SourceSpan?
  private let bytes: [UInt8]

  init(
    _ subject: String, file: String?, domain: String? = nil, role: PlacedPayload.Role? = nil, span: SourceSpan? = nil,
    bytes: [UInt8] = []
  ) {
    self.subject = subject
    self.file = file
    self.domain = domain
    self.role = role
    self.span = span
    self.bytes = bytes
  }

  /// SHA-256, hexadecimal; that of a file from `digests` if it is there, by its path.
  func sha256(_ digests: [String: String]) throws(InputError) -> String {
    guard let file else { return InputDigest.sha256(of: bytes) }
    if let known = digests[file] { return known }
    do throws(PayloadProblem) {
      return try InputDigest.sha256(ofFile: file)
    } catch {
      throw InputError(
        Finding(
          PartitionRules.unreadablePayload, .error,
          "the input \(Quotation.quoted(file)) could be read before and cannot now",
          subjects: [file], resource: ResourceReference(.file, file), spans: [span],
          help: "do not change inputs while they are read"))
    }
  }
}

extension Plan {
  /// Everything that this plan was made from, in a fixed order: manifest files, tree, then the domains' payloads, each
  /// file once for each domain.
  ///
  /// - Parameter files: the manifest and what it includes (`ManifestReading.files`).
  public func inputs(files: [String]) -> [PlanInput] {
    var inputs = files.map { PlanInput("manifest \(relative($0))", file: $0) }
    inputs.append(PlanInput("device-tree of \(board.name)", file: nil, bytes: board.tree.blob))
    for domain in draft.domains {
      var seen: Set<String> = []
      for payload in domain.payloads {
        guard let file = payload.file, seen.insert(file).inserted else { continue }
        inputs.append(
          PlanInput(
            "domains.\(domain.name).\(payload.role.rawValue) \(relative(file))", file: file, domain: domain.name,
            role: payload.role, span: payload.span))
      }
    }
    return inputs
  }

  /// The file as a lock names it: from the manifest's folder where it lies below it, so that the lock does not depend on
  /// the folder that Bulkhead was started in.
  private func relative(_ file: String) -> String {
    guard let slash = manifest.file.lastIndex(of: "/") else { return file }
    let folder = manifest.file[...slash]
    return file.hasPrefix(folder) ? String(file.dropFirst(folder.count)) : file
  }
}
