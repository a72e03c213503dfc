import Crypto
import Foundation
import Ownership

extension Certificate {
  /// The certificate's text: the same certificate always gives the same bytes.
  public var text: String {
    let body = lines.joined(separator: "\n") + "\n"
    return body + "sha256 \(Self.digest(of: body))\n"
  }

  /// SHA-256 of a text, 64 hexadecimal digits.
  static func digest(of text: String) -> String {
    SHA256.hash(data: Data(text.utf8)).map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined()
  }

  private var lines: [String] {
    let quoted = CertificateWords.quoted
    var lines = ["bulkhead-certificate \(Self.version)", "name \(quoted(name))", "board \(quoted(board))"]
    lines += inputs.map { "input \(quoted($0.subject)) \($0.sha256)" }
    lines += outputs.map { "output \(quoted($0.file)) \($0.size) \($0.sha256)" }
    lines += containers.map { "container \(quoted($0))" }
    lines += pieces.map(Self.line)
    for verdict in verdicts {
      lines.append("claim \(verdict.id) \(verdict.word) \(verdict.examined) \(quoted(verdict.unit))")
      lines += verdict.assumptions.map { "assumption \(verdict.id) \(quoted($0))" }
    }
    return lines + ownership.entries.map { Self.line($0.resource, $0.claim) }
  }

  private static func line(_ piece: Piece) -> String {
    let file = CertificateWords.quoted(piece.file ?? "")
    let owner = CertificateWords.words(piece.owner)
    return "piece \(piece.role) \(owner) \(file) \(piece.offset) \(piece.size) \(piece.memory)"
  }

  private static func line(_ resource: Resource, _ claim: Claim) -> String {
    let parties = claim.access.map { " \(CertificateWords.words($0.party)) \(CertificateWords.words($0.rights))" }
    return CertificateWords.words(resource) + " " + CertificateWords.words(claim.owner) + parties.joined()
  }
}
