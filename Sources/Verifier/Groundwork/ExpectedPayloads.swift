import Foundation
import Manifest
import Ownership

/// What has to be in memory of the files that the manifest names.
struct ExpectedPayloads: Sendable {
  /// Bytes of a file that stand in memory in one piece.
  struct Part: Sendable {
    /// The bytes.
    let bytes: Data
    /// How much memory they take, with what has to be zero behind them.
    let memorySize: UInt64
    /// The guest address, where the file or the manifest says it.
    let guest: UInt64?
    /// Where the guest address may be else: that distance from a multiple of 2 MiB (an arm64 Image's `text_offset`).
    let offsetInBlock: UInt64?
  }

  /// A file with its parts.
  struct File: Sendable {
    /// The domain, and what the file is for.
    let domain: String
    let role: String
    /// The file as the manifest names it.
    let name: String
    /// Its parts, in no order that matters.
    let parts: [Part]
    /// Where a kernel starts: from its first part if it says nothing itself; `nil` for other files.
    let entry: Entry?
    /// Why the file cannot be what its role says; `nil` for a good one.
    let fault: String?
  }

  /// Where a kernel's first instruction is.
  enum Entry: Sendable {
    /// At a guest address.
    case address(UInt64)
    /// At the first byte of the kernel.
    case firstByte
  }

  /// The files by domain and role.
  private let files: [Key: [File]]
  /// Whether there is anything to compare with.
  let isEmpty: Bool

  private struct Key: Hashable {
    let domain: String
    let role: String
  }

  /// Reads the headers of every kernel.
  init(_ inputs: [PayloadInput], _ manifest: Manifest) {
    let declarations = Dictionary(
      manifest.domains.map { ($0.name.value, $0) }, uniquingKeysWith: { first, _ in first })
    let all = inputs.map { Self.file($0, declarations[$0.domain]) }
    files = Dictionary(grouping: all) { Key(domain: $0.domain, role: $0.role) }
    isEmpty = inputs.isEmpty
  }

  /// The files of a domain for one purpose.
  func files(_ domain: String, role: String) -> [File] { files[Key(domain: domain, role: role)] ?? [] }

  /// Every file, by domain and role.
  var all: [File] {
    files.sorted { ($0.key.domain, $0.key.role) < ($1.key.domain, $1.key.role) }.flatMap(\.value)
  }

  private static func file(_ input: PayloadInput, _ domain: DomainDeclaration?) -> File {
    func file(_ parts: [Part], entry: Entry? = nil, fault: String? = nil) -> File {
      File(domain: input.domain, role: input.role, name: input.name, parts: parts, entry: entry, fault: fault)
    }
    let size = UInt64(input.bytes.count)
    let whole = Part(bytes: input.bytes, memorySize: size, guest: input.load, offsetInBlock: nil)
    guard input.role == "kernel" else { return file([whole]) }
    let bytes = FileBytes(name: input.name, data: input.bytes)
    if let image = KernelImageHeader(bytes) {
      let part = Part(
        bytes: input.bytes, memorySize: max(size, image.imageSize), guest: nil, offsetInBlock: image.textOffset)
      return file([part], entry: .firstByte)
    }
    if KernelProgram.isPresent(in: bytes) {
      do throws(VerifierError) {
        let program = try KernelProgram(bytes)
        return file(program.parts, entry: .address(program.entry))
      } catch {
        return file([], fault: "is an ELF file whose program headers cannot be followed: it \(error.finding.message)")
      }
    }
    let load = input.load ?? domain?.load?.value
    let entry = domain?.entry.map { Entry.address($0.value) } ?? .firstByte
    return file([Part(bytes: input.bytes, memorySize: size, guest: load, offsetInBlock: nil)], entry: entry)
  }
}
