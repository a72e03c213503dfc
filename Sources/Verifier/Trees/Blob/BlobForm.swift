import DeviceTree

/// The form of a generated tree's blob, read byte by byte and without tolerance (devicetree specification v0.4, chapter
/// 5; version 17), so that no bit of it is without a meaning.
///
/// The blocks stand in the order header, memory reservations, structure, strings, each right behind the other; the
/// first starts at 48, the header's 40 bytes rounded up to a reservation's 16.
struct BlobForm {
  /// What is wrong, as sentences that start with a part of the blob.
  private(set) var faults: [String] = []

  private static let magic: UInt32 = 0xD00D_FEED
  private static let headerSize = 40
  private static let reservations = 48
  private static let reservationSize = 16

  /// More than this many faults say nothing more.
  private static let limit = 8

  /// Reads `blob` from its first byte; what stands behind the tree's own end has to be zero.
  init(_ blob: [UInt8]) {
    blob.withUnsafeBytes { bytes in read(BigEndianBytes(bytes)) }
  }

  private mutating func fault(_ words: String) {
    if faults.count < Self.limit { faults.append(words) }
  }

  private mutating func read(_ bytes: BigEndianBytes) {
    guard let header = BlobHeader(bytes), header.magic == Self.magic else {
      return fault("the blob does not start with the 40 bytes of a device tree's header")
    }
    check(header, bytes.count)
    guard let total = Int(exactly: header.totalSize), total <= bytes.count,
      let structure = bytes.slice(header.structureOffset, header.structureSize),
      let strings = bytes.slice(header.stringsOffset, header.stringsSize)
    else { return fault("a block reaches past the blob's \(bytes.count) bytes") }
    if !bytes.isZero(from: Self.headerSize, to: Self.reservations + Self.reservationSize) {
      fault("the memory reservation block is not empty, or the bytes before it are not zero")
    }
    if !bytes.isZero(from: total, to: bytes.count) { fault("something stands behind the tree's own end") }
    var walk = StructureWalk(structure, strings)
    walk.run()
    for words in walk.faults { fault(words) }
  }

  private mutating func check(_ header: BlobHeader, _ count: Int) {
    let structure = UInt32(Self.reservations + Self.reservationSize)
    let fields: [(name: String, found: UInt32, expected: UInt32)] = [
      ("version", header.version, 17), ("last_comp_version", header.lastCompatibleVersion, 16),
      ("boot_cpuid_phys", header.bootCPU, 0), ("off_mem_rsvmap", header.reservationsOffset, UInt32(Self.reservations)),
      ("off_dt_struct", header.structureOffset, structure),
      ("off_dt_strings", header.stringsOffset, structure &+ header.structureSize),
      ("totalsize", header.totalSize, structure &+ header.structureSize &+ header.stringsSize),
    ]
    for field in fields where field.found != field.expected {
      fault("the header's \(field.name) is \(field.found) and not \(field.expected)")
    }
  }
}
