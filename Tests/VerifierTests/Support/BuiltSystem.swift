import BulkheadKit
import Foundation
import TestSupport

@testable import Verifier

/// A manifest of the repository, built in memory, with what a verifier holds it against.
struct BuiltSystem {
  /// Why there is none.
  struct Refused: Error, CustomStringConvertible {
    let description: String
  }

  let plan: Plan
  let context: VerificationContext
  let pieces: [LoadedPiece]
  let image: MemoryImage

  /// The demonstration.
  static let cockpit = Result { try BuiltSystem("boards/qemu-virt/cockpit.yaml") }
  /// Two domains and a hypervisor with cache colours.
  static let coloured = Result { try BuiltSystem("boards/qemu-virt/colours.yaml") }

  /// Plans and builds a manifest, given by its path from the root folder.
  init(_ manifest: String) throws { try self.init(file: "\(Repository.root)/\(manifest)") }

  /// Plans and builds a manifest, given by its path.
  init(file manifest: String) throws {
    let project = Project(root: Repository.root)
    let result = Check(project: project).run(manifest: manifest)
    guard let plan = result.plan, result.isAccepted else {
      throw Refused(description: result.findings.map(\.message).joined(separator: "\n"))
    }
    let set = try Build(project: project).images(of: plan)
    let named = Dictionary(set.files.map { ($0.name, $0.contents) }, uniquingKeysWith: { first, _ in first })
    let files = try named.filter { set.loadMap.pieces.compactMap(\.file).contains($0.key) }.mapValues(Self.bytes)
    self.plan = plan
    context = VerificationContext(
      board: plan.board, manifest: plan.manifest, plan: plan.ownership, payloads: try Self.inputs(of: plan))
    pieces = try set.loadMap.pieces.map { try Self.piece($0) }
    image = try MemoryImage(
      name: "the pieces in memory", entry: try Self.number(set.loadMap.entry),
      segments: pieces.compactMap { piece in
        let bytes = piece.file.flatMap { files[$0] } ?? Data()
        let part = bytes.dropFirst(Int(piece.offset)).prefix(Int(piece.size))
        return ImageSegment(
          name: piece.file ?? "zeros", address: piece.memory.base, bytes: part, memorySize: piece.memory.size)
      })
  }

  /// The files that the manifest names.
  private static func inputs(of plan: Plan) throws -> [PayloadInput] {
    try plan.manifest.domains.flatMap { domain in
      var files: [(role: String, path: String?, load: UInt64?)] = [
        ("kernel", domain.kernel?.value, nil), ("initrd", domain.initrd?.value, nil),
        ("device-tree", domain.deviceTree?.value, nil),
      ]
      files += domain.files.map { ("file", $0.path.value, $0.load.value) }
      return try files.compactMap { file -> PayloadInput? in
        guard let path = file.path else { return nil }
        let bytes = try Data(contentsOf: URL(filePath: path), options: .alwaysMapped)
        return PayloadInput(domain: domain.name.value, role: file.role, name: path, bytes: bytes, load: file.load)
      }
    }
  }

  private static func piece(_ piece: LoadMap.Piece) throws -> LoadedPiece {
    guard let memory = AddressRange(base: try number(piece.address), size: piece.memorySize) else {
      throw Refused(description: "a piece at \(piece.address) has no bytes")
    }
    return LoadedPiece(
      role: piece.role, owner: piece.owner, file: piece.file, offset: piece.offset, memory: memory, size: piece.size,
      sha256: piece.sha256)
  }

  private static func number(_ text: String) throws -> UInt64 {
    guard let number = UInt64(text.dropFirst(2), radix: 16) else { throw Refused(description: "\(text) is no address") }
    return number
  }

  private static func bytes(of contents: FileContents) throws -> Data {
    try contents.parts.reduce(into: Data()) { data, part in
      switch part {
      case .bytes(let bytes): data += bytes
      case .zeros(let count): data += Data(count: Int(count))
      case .file(let path, let offset, let count):
        data += try Data(contentsOf: URL(filePath: path), options: .alwaysMapped).dropFirst(Int(offset)).prefix(
          Int(count))
      }
    }
  }

  /// What was decoded from the image as it was built.
  func system() throws -> FinishedSystem {
    try SystemReader.read(image, pieces: pieces, arrangement: context.arrangement)
  }
}
