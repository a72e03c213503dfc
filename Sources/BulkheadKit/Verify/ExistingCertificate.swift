import Foundation

/// The certificate that lies in a folder already.
struct ExistingCertificate {
  private let file: String
  private let text: String?

  /// Looks into a folder.
  init(folder: String) {
    file = "\(folder)/\(Certificate.fileName)"
    let bytes = try? OrdinaryFile.read(file, limit: 1 << 28)
    text = bytes.map { String(decoding: $0, as: UTF8.self) }
  }

  /// Whether it is, byte for byte, this one.
  func isSame(as certificate: Certificate) -> Bool { text == certificate.text }

  /// What keeps it from being one of the image that was verified; nothing if there is none. That it knows of other
  /// claims, or of other assumptions, is no such thing.
  func findings(against certificate: Certificate) -> [Finding] {
    guard let text else { return [] }
    let existing: Certificate
    do throws(VerifierError) {
      existing = try Certificate(text: text)
    } catch {
      return [error.finding]
    }
    let differences = Self.differences(existing, certificate)
    guard let first = differences.first else { return [] }
    let more = differences.count > 1 ? " and \(differences.count - 1) more" : ""
    return [
      Finding(
        CertificateRules.sameImage, .error,
        "\(Certificate.fileName) is of another image: \(first) differs\(more)", subjects: [Certificate.fileName],
        resource: ResourceReference(.file, Certificate.fileName),
        help: "if the image is the right one, remove \(file), and `bulkhead verify` writes a new one")
    ]
  }

  private static func differences(_ existing: Certificate, _ certificate: Certificate) -> [String] {
    var differences: [String] = []
    if (existing.name, existing.board) != (certificate.name, certificate.board) { differences.append("the name") }
    let known = Dictionary(existing.outputs.map { ($0.file, $0) }) { first, _ in first }
    let present = Set(certificate.outputs.map(\.file))
    differences += certificate.outputs.filter { known[$0.file] != $0 }.map { "the file \($0.file)" }
    differences += existing.outputs.filter { !present.contains($0.file) }.map { "the file \($0.file)" }
    if existing.pieces != certificate.pieces { differences.append("where the pieces go") }
    differences += existing.ownership.differences(from: certificate.ownership).map { "\($0.resource)" }
    return differences
  }
}

extension OwnershipDifference {
  /// What the two maps disagree about.
  fileprivate var resource: Resource {
    switch self {
    case .missing(let resource, _), .extra(let resource, _), .different(let resource, _, _): resource
    }
  }
}
