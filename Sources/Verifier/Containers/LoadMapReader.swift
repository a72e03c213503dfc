import Diagnostics
import Foundation
import Ownership

/// Reads a folder's load map and opens what it names.
struct LoadMapReader {
  /// The file's name.
  static let fileName = "load-map.json"
  private static let sizeLimit: UInt64 = 16 << 20
  private static let roles: Set = ["hypervisor", "kernel", "initrd", "file", "device-tree", "pristine"]

  /// The file as it stands there.
  let document: LoadMapDocument
  /// Address of the first instruction.
  let entry: UInt64
  /// Its pieces in address order.
  let pieces: [LoadedPiece]
  /// The bytes of each piece, in the same order; empty where the memory only has to be zero.
  let contents: [Data]
  /// The files that the pieces take their bytes from, by name.
  let files: [String: Data]

  /// Files that were opened already: many pieces may be of one.
  private struct OpenedFiles {
    let folder: FolderFile
    var opened: [String: Data] = [:]

    mutating func data(_ name: String) throws(VerifierError) -> Data {
      if let known = opened[name] { return known }
      let data = try folder.open(name).data
      opened[name] = data
      return data
    }
  }

  /// Reads the load map of a folder.
  ///
  /// - Throws: `VerifierError` with the first thing that is not as it should be.
  init(_ folder: FolderFile) throws(VerifierError) {
    let file = try folder.open(Self.fileName)
    guard file.count <= Self.sizeLimit else { throw Self.fault("is longer than \(Self.sizeLimit) bytes") }
    do {
      document = try JSONDecoder().decode(LoadMapDocument.self, from: file.data)
    } catch {
      throw Self.fault("is not JSON of a load map")
    }
    guard document.version == 1 else { throw Self.fault("is of version \(document.version), and 1 is known") }
    entry = try Self.address(document.entry, "its entry")
    var pieces: [LoadedPiece] = []
    var contents: [Data] = []
    var files = OpenedFiles(folder: folder)
    for piece in document.pieces {
      let (loaded, bytes) = try Self.read(piece, &files)
      if let last = pieces.last, last.memory.last >= loaded.memory.base {
        throw Self.fault(
          "has \(Self.words(loaded)) at \(loaded.memory) behind \(Self.words(last)) at \(last.memory): they overlap or "
            + "are not in address order")
      }
      pieces.append(loaded)
      contents.append(bytes)
    }
    guard pieces.allSatisfy({ !$0.isPristine || $0.owner == "hypervisor" && $0.file != nil }) else {
      throw Self.fault("has a pristine copy that is not the hypervisor's, or of no file")
    }
    let payloads = pieces.filter { !$0.isPristine }
    let hypervisors = payloads.filter { $0.role == "hypervisor" || $0.owner == "hypervisor" }
    guard hypervisors.count == 1, let hypervisor = hypervisors.first, hypervisor.role == hypervisor.owner,
      hypervisor.memory.base == entry
    else { throw Self.fault("does not have one hypervisor that starts at its entry \(entry.hexadecimal)") }
    self.pieces = pieces
    self.files = files.opened
    self.contents = contents
    try checkFiles()
  }

  private static func read(
    _ piece: LoadMapDocument.Piece, _ files: inout OpenedFiles
  ) throws(VerifierError) -> (LoadedPiece, Data) {
    let who = "the piece \(Quotation.quoted(piece.role)) of \(Quotation.quoted(piece.owner))"
    guard roles.contains(piece.role), !piece.owner.isEmpty else { throw fault("has \(who), which means nothing") }
    let address = try address(piece.address, who)
    guard let memory = AddressRange(base: address, size: piece.memorySize) else {
      throw fault("gives \(who) \(piece.memorySize) bytes at \(address.hexadecimal): none, or past the last address")
    }
    guard piece.size <= piece.memorySize else {
      throw fault("gives \(who) \(piece.size) bytes, and memory for \(piece.memorySize)")
    }
    var bytes = Data()
    if let name = piece.file {
      guard let hash = piece.sha256, isHash(hash) else { throw fault("has no SHA-256 of \(who)") }
      let data = try files.data(name)
      let count = UInt64(data.count)
      guard !data.isEmpty, piece.offset <= count, piece.size <= count - piece.offset else {
        throw fault(
          "takes \(piece.size) bytes from offset \(piece.offset) of \(Quotation.quoted(path: name)) for \(who), and the "
            + "file has \(count) bytes: it has to take them all")
      }
      bytes = data.dropFirst(Int(clamping: piece.offset)).prefix(Int(clamping: piece.size))
    } else if piece.size != 0 || piece.offset != 0 || piece.sha256 != nil {
      throw fault("gives \(who) bytes of no file")
    }
    let loaded = LoadedPiece(
      role: piece.role, owner: piece.owner, file: piece.file, offset: piece.offset, memory: memory, size: piece.size,
      sha256: piece.sha256)
    return (loaded, bytes)
  }

  /// A file is loaded whole: its pieces, all of one purpose and one owner, take every byte of it once. Behind the last
  /// byte there may be pieces that take none, for the zeros that go with it.
  private func checkFiles() throws(VerifierError) {
    for piece in pieces where piece.isPristine {
      let name = piece.file ?? ""
      guard piece.size != UInt64(files[name]?.count ?? 0) else { continue }
      throw Self.fault("has a pristine copy of a part of \(Quotation.quoted(path: name)): it has to be all of it")
    }
    let named = pieces.filter { $0.file != nil && !$0.isPristine }
    for (name, parts) in Dictionary(grouping: named, by: { $0.file ?? "" }) {
      let size = UInt64(files[name]?.count ?? 0)
      guard let first = parts.first, parts.allSatisfy({ $0.role == first.role && $0.owner == first.owner }),
        Set(parts.map(\.sha256)).count == 1
      else { throw Self.fault("gives two pieces the same file \(Quotation.quoted(path: name))") }
      var next: UInt64 = 0
      for part in parts.sorted(by: { ($0.offset, $0.size) < ($1.offset, $1.size) }) where part.size > 0 {
        guard part.offset == next else { break }
        next += part.size
      }
      let taken = parts.reduce(0) { $0 &+ $1.size }
      guard next == size, taken == size, parts.allSatisfy({ $0.size > 0 || $0.offset == size }) else {
        throw Self.fault(
          "takes \(taken) bytes of \(Quotation.quoted(path: name)) for \(Self.words(first)), and the file has \(size) bytes: "
            + "it has to take them all, each once")
      }
    }
  }

  /// The pieces of files that lie in more than one.
  var scatteredPieces: [LoadedPiece] {
    let counts = Dictionary(grouping: pieces.filter { !$0.isPristine }.compactMap(\.file)) { $0 }.mapValues(\.count)
    return pieces.filter { $0.file.map { counts[$0] ?? 0 > 1 } ?? false }
  }

  /// The pieces as they are in memory. The hypervisor ends with its file: behind it are stacks, which may hold anything.
  func image() throws(VerifierError) -> MemoryImage {
    var segments: [ImageSegment] = []
    for (piece, bytes) in zip(pieces, contents) {
      let size = piece.role == "hypervisor" ? piece.size : piece.memory.size
      let segment = ImageSegment(
        name: piece.size > 0 ? piece.file ?? Self.words(piece) : Self.words(piece), address: piece.memory.base,
        bytes: bytes, memorySize: size)
      guard let segment else { throw Self.fault("has \(Self.words(piece)) without any bytes") }
      segments.append(segment)
    }
    return try MemoryImage(name: "the pieces of \(Self.fileName)", entry: entry, segments: segments)
  }

  /// An address as the load map writes it: `0x` and hexadecimal digits.
  static func address(_ text: String, _ what: String) throws(VerifierError) -> UInt64 {
    let digits = text.dropFirst(2)
    guard text.hasPrefix("0x"), (1...16).contains(digits.count), digits.allSatisfy({ $0.isHexDigit && $0.isASCII }),
      let address = UInt64(digits, radix: 16)
    else { throw fault("gives \(what) the address \(Quotation.quoted(text)), which is not 0x and hexadecimal digits") }
    return address
  }

  /// Whether a text is a SHA-256 as the load map writes it.
  static func isHash(_ text: String) -> Bool {
    text.utf8.count == 64 && text.utf8.allSatisfy { (0x30...0x39).contains($0) || (0x61...0x66).contains($0) }
  }

  /// How messages name a piece.
  static func words(_ piece: LoadedPiece) -> String {
    piece.words
  }

  /// The load map is not as it should be.
  static func fault(_ words: String) -> VerifierError {
    VerifierError(
      VerifierRules.loadMap, "\(fileName) \(words)", subjects: [fileName],
      resource: ResourceReference(.file, fileName))
  }
}
