import Crypto
import Foundation
import Verifier

/// Certificates. What is accepted is, byte for byte, what would be written.
///
/// The last line is a hash of the rest, which no fuzzer guesses: each input is also read with the right one.
enum CertificateTrial {
  @Sendable static func run(_ bytes: [UInt8]) throws {
    guard let text = TextInput.text(bytes) else { return }
    try check(text)
    let body = text.split(separator: "\n", omittingEmptySubsequences: false).dropLast(2).map { $0 + "\n" }.joined()
    let digest = SHA256.hash(data: Data(body.utf8)).map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined()
    try check("\(body)sha256 \(digest)\n")
  }

  private static func check(_ text: String) throws(Mismatch) {
    let certificate: Certificate
    do throws(VerifierError) {
      certificate = try Certificate(text: text)
    } catch {
      try require(!error.finding.message.isEmpty, "refused without words")
      return
    }
    try require(certificate.text, is: text, "the text of a certificate that was accepted")
  }
}
