import Crypto
import Diagnostics
import Foundation

/// Holds every SHA-256 that a folder states against the bytes.
enum HashCheck {
  /// The files whose hash is another.
  static func findings(_ map: LoadMapReader) -> [Finding] {
    var seen: Set<String> = []
    return map.pieces.compactMap { piece in
      guard let file = piece.file, let stated = piece.sha256, let bytes = map.files[file], seen.insert(file).inserted
      else { return nil }
      return finding(file, stated, bytes, by: LoadMapReader.fileName)
    }
  }

  /// The images of a FIT whose hash is another.
  static func findings(_ fit: FITContainer, _ file: String) -> [Finding] {
    fit.images.compactMap { image in
      finding("image \(image.name)", hexadecimal(image.hash), image.bytes, by: file)
    }
  }

  /// What is wrong with one hash; `nil` if it is that of the bytes.
  static func finding(_ what: String, _ stated: String, _ bytes: Data, by statement: String) -> Finding? {
    let actual = hexadecimal(SHA256.hash(data: bytes))
    guard actual != stated else { return nil }
    return Finding(
      VerifierRules.hashes, .error,
      "\(what) has the SHA-256 \(actual), and \(statement) states \(Quotation.quoted(stated))", subjects: [what],
      resource: ResourceReference(.file, what), help: VerifierRules.rebuild)
  }

  private static func hexadecimal(_ bytes: some Sequence<UInt8>) -> String {
    bytes.map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined()
  }
}
