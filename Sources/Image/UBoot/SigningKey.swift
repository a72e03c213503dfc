import Diagnostics
import Foundation

/// The RSA key that a FIT image's configuration is signed with: NAME.key and NAME.crt in a folder, as `mkimage` wants
/// them (PEM; the certificate is only the way the public key is handed over).
public struct SigningKey: Sendable {
  /// The folder, absolute.
  let folder: String
  /// The name, which also stands in the image.
  public let name: String
  /// What signs, in U-Boot's words: `sha256,rsa2048` and the like.
  public let algorithm: String

  /// Finds the key that `FOLDER` or `FOLDER:NAME` means; without a name it is the only one there.
  public init(_ argument: String) throws(InputError) {
    let (folder, name) = try Self.place(argument)
    self.folder = URL(fileURLWithPath: folder).standardizedFileURL.path
    self.name = name
    guard name.allSatisfy({ $0.isASCII && ($0.isLetter || $0.isNumber || "-_.".contains($0)) }), name.count <= 64 else {
      throw Self.failure(
        folder, "has a key named \(Quotation.quoted(name))", "name it with letters, digits and hyphens")
    }
    let file = "\(folder)/\(name).key"
    guard let contents = FileManager.default.contents(atPath: file), contents.count <= 1 << 16 else {
      throw Self.failure(folder, "has no readable \(name).key", Self.making(folder, name))
    }
    guard FileManager.default.isReadableFile(atPath: "\(folder)/\(name).crt") else {
      throw Self.failure(folder, "has no \(name).crt beside \(name).key", Self.making(folder, name))
    }
    guard let bits = RSAKeySize.bits(pem: [UInt8](contents)) else {
      throw Self.failure(
        folder, "has a \(name).key that is no unencrypted RSA key in PEM", Self.making(folder, name))
    }
    guard [2048, 3072, 4096].contains(bits) else {
      throw Self.failure(
        folder, "has a \(name).key of \(bits) bits, and U-Boot knows 2048, 3072 and 4096", Self.making(folder, name))
    }
    algorithm = "sha256,rsa\(bits)"
  }

  private static func place(_ argument: String) throws(InputError) -> (folder: String, name: String) {
    var isFolder: ObjCBool = false
    if FileManager.default.fileExists(atPath: argument, isDirectory: &isFolder), isFolder.boolValue {
      let files = (try? FileManager.default.contentsOfDirectory(atPath: argument)) ?? []
      let keys = files.filter { $0.hasSuffix(".key") }.sorted()
      guard let only = keys.first, keys.count == 1 else {
        let names = keys.prefix(8).map { String($0.dropLast(4)) }.joined(separator: ", ")
        throw failure(
          argument, keys.isEmpty ? "has no file NAME.key" : "has several keys: \(names)",
          keys.isEmpty ? making(argument, "dev") : "name one: --sign FOLDER:NAME")
      }
      return (argument, String(only.dropLast(4)))
    }
    guard let colon = argument.lastIndex(of: ":") else {
      throw failure(argument, "does not exist", "name a folder that holds NAME.key and NAME.crt")
    }
    let folder = String(argument[..<colon])
    guard FileManager.default.fileExists(atPath: folder, isDirectory: &isFolder), isFolder.boolValue else {
      throw failure(folder, "does not exist", "name a folder that holds NAME.key and NAME.crt")
    }
    return (folder, String(argument[argument.index(after: colon)...]))
  }

  private static func making(_ folder: String, _ name: String) -> String {
    "make one: openssl req -batch -new -x509 -newkey rsa:2048 -nodes -keyout \(folder)/\(name).key "
      + "-out \(folder)/\(name).crt"
  }

  private static func failure(_ folder: String, _ what: String, _ help: String) -> InputError {
    InputError(
      Finding(
        ImageRules.signingKey, .error, "the key folder \(Quotation.quoted(path: folder)) \(what)", subjects: [folder],
        resource: ResourceReference(.file, folder), help: help))
  }
}
