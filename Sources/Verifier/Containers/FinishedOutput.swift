import Diagnostics
import Foundation
import Ownership

/// A folder that `bulkhead build` wrote, read without a declaration of the code that wrote it: its load map, and every
/// container in it as what it puts into memory.
///
/// The files are mapped, not copied. Whatever is in the folder is taken for hostile but for one thing: it must not be
/// changed while it is being read.
public struct FinishedOutput: Sendable {
  /// The folder.
  public let folder: String
  /// The manifest's name by the load map.
  public let name: String
  /// The board by the load map.
  public let board: String
  /// What the load map says of memory, in address order.
  public let pieces: [LoadedPiece]
  /// What is in memory by the load map's pieces, then by every other container that could be read: `image.elf`,
  /// `single.img` and the FIT image, as far as the folder has them.
  public let containers: [MemoryImage]
  /// Containers that cannot be read, that put something else into memory than the pieces, and wrong hashes.
  public let findings: [Finding]

  /// Opens a folder.
  ///
  /// - Parameters:
  ///   - folder: where `bulkhead build` wrote to.
  ///   - checksHashes: whether every SHA-256 is held against the bytes; that takes longer than everything else.
  ///   - relocator: the code that `single.img` should start with; `nil` if that is not to be compared.
  /// - Throws: `VerifierError` if there is no load map, or one that cannot be followed.
  public init(folder: String, checksHashes: Bool = true, relocator: [UInt8]? = nil) throws(VerifierError) {
    let files = FolderFile(folder: folder)
    let map = try LoadMapReader(files)
    let reference = try map.image()
    var reading = ContainerReading(
      files: files, map: map, agreement: ContainerAgreement(pieces: map.pieces, reference: reference),
      checksHashes: checksHashes)
    reading.readELF()
    reading.readColouredELF()
    reading.readSingleFile(relocator)
    if let uBoot = map.document.uBoot { reading.readFIT(uBoot) }
    self.folder = folder
    name = map.document.name
    board = map.document.board
    pieces = map.pieces
    containers = [reference] + reading.containers
    findings = (checksHashes ? HashCheck.findings(map) : []) + reading.findings
  }
}
