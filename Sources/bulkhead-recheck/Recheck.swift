import Crypto
import Foundation

/// `bulkhead-recheck DIR` reads the certificate of a build and, once, every file that it speaks of, and checks that they
/// belong together. It shares no code with what wrote them.
///
/// If it accepts: the certificate is whole and unedited; by it every page, interrupt, CPU, stream, provider and call
/// has one owner, and only a channel several parties, one of which writes; every claim is proved, or rests on assumptions
/// that stand there; whatever is loaded lies in its owner's memory and over nothing else; and every file is, bit for bit,
/// the one that was proved. Whether the tables in it give what the certificate says, `bulkhead verify` shows.
@main
struct Recheck {
  private static let largestCertificate: UInt64 = 1 << 28
  private static let bufferSize = 1 << 20

  let folder: String

  static func main() {
    let arguments = CommandLine.arguments.dropFirst()
    guard let folder = arguments.first, arguments.count == 1, !folder.hasPrefix("-") else {
      end(arguments == ["--help"] ? 0 : 64, "usage: bulkhead-recheck DIR   (a folder that `bulkhead build` wrote)")
    }
    do {
      end(0, try Recheck(folder: folder).run())
    } catch let refusal as Refusal {
      end(refusal.status, refusal.message)
    } catch {
      end(2, "\(error)")
    }
  }

  /// Checks everything; what was checked, in a sentence.
  func run() throws -> String {
    let (handle, size) = try open("certificate.txt")
    guard size <= Self.largestCertificate, let data = try handle.readToEnd(),
      let text = String(validating: data, as: UTF8.self)
    else { throw Refusal(message: "certificate.txt is no text, or too large") }
    let certificate = try Certificate(text)
    var bytes: UInt64 = 0
    for (file, output) in certificate.outputs.sorted(by: { $0.key < $1.key }) { bytes += try check(file, output) }
    return "\(certificate.claims) claims hold; \(certificate.outputs.count) files, \(bytes) bytes, are what was proved"
  }

  /// Reads a file once, and compares its size and its SHA-256; how many bytes it has.
  private func check(_ file: String, _ output: Certificate.Output) throws -> UInt64 {
    let (handle, size) = try open(file)
    var hash = SHA256()
    while let data = try handle.read(upToCount: Self.bufferSize), !data.isEmpty { hash.update(data: data) }
    guard size == output.size, hash.finalize().hexadecimal == output.sha256 else {
      throw output.line.refused("\(file) is not the file of which this was proved: its SHA-256 differs")
    }
    return size
  }

  /// An ordinary file of the folder and its size; a pipe in its place might never end.
  private func open(_ file: String) throws -> (FileHandle, UInt64) {
    let path = "\(folder)/\(file)"
    let attributes = try? FileManager.default.attributesOfItem(atPath: path)
    guard let attributes, attributes[.type] as? FileAttributeType == .typeRegular,
      let size = attributes[.size] as? NSNumber, let handle = FileHandle(forReadingAtPath: path)
    else { throw Refusal(status: 2, message: "\(path) is missing, no ordinary file, or cannot be read") }
    return (handle, size.uint64Value)
  }

  private static func end(_ status: Int32, _ text: String) -> Never {
    (status == 0 ? FileHandle.standardOutput : .standardError).write(Data((text + "\n").utf8))
    exit(status)
  }
}
