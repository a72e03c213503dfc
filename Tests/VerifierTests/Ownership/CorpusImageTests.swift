import BulkheadKit
import Foundation
import TestSupport
import Testing

@testable import Verifier

@Suite("The finished bytes of two domains on boards of Debian's kernel package")
struct CorpusImageTests {
  /// Trees without memory nodes get RAM here.
  private static let memory = ["", "memory-banks: [{ base: 0x80000000, size: 1 GiB }]\n"]

  /// Every eighth board, and one whose GICv3 has the CPU interfaces of a GICv2 as well; `BULKHEAD_ALL_TREES` in the
  /// environment asks for all.
  private static var files: [String] {
    let all = ProcessInfo.processInfo.environment["BULKHEAD_ALL_TREES"] != nil
    return Corpus.names.enumerated().filter {
      all || $0.offset.isMultiple(of: 8) || $0.element == "freescale/imx8mq-evk.dtb"
    }.map(\.element)
  }

  private static func manifest(_ tree: String, memory: String) -> String {
    """
    manifest: 1
    name: corpus
    board: generic
    device-tree: \(Corpus.folder)/\(tree)
    \(memory)domains:
      left: { criticality: ASIL-B, cpus: [0], memory: 32 MiB, kernel: raw.bin, console: none }
      right: { cpus: [1], memory: 64 MiB, kernel: raw.bin, console: none }
    channels:
      shared: { size: 8 KiB, writer: left, readers: [right] }
    """
  }

  /// The system, or nil where the split or the board is refused.
  private static func build(_ tree: String, in folder: String) throws -> BuiltSystem? {
    for memory in memory {
      let file = "\(folder)/manifest.yaml"
      try Data(manifest(tree, memory: memory).utf8).write(to: URL(filePath: file))
      do { return try BuiltSystem(file: file) } catch is BuiltSystem.Refused {} catch is ImageError { return nil }
    }
    return nil
  }

  @Test("are accepted wherever the split and the board are")
  func accepted() throws {
    let folder = "\(FileManager.default.temporaryDirectory.path)/bulkhead-corpus-\(UUID().uuidString)"
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(atPath: folder) }
    try Data((0..<8000).map { UInt8(truncatingIfNeeded: $0 &* 7) }).write(to: URL(filePath: "\(folder)/raw.bin"))
    var accepted: [String] = []
    for file in Self.files {
      guard let built = try Self.build(file, in: folder) else { continue }
      let verification = Verifier.verify(image: built.image, pieces: built.pieces, context: built.context)
      #expect(verification.findings.map { "\($0.rule): \($0.message)" } == [], "\(file)")
      accepted.append(file)
    }
    #expect(accepted.contains("freescale/imx8mq-evk.dtb"))
    #expect(accepted.count > Self.files.count / 5)
  }
}
