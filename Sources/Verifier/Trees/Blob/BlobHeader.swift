/// The header of a flattened device tree (devicetree specification v0.4, section 5.2).
struct BlobHeader {
  let magic: UInt32
  let totalSize: UInt32
  let structureOffset: UInt32
  let stringsOffset: UInt32
  let reservationsOffset: UInt32
  let version: UInt32
  let lastCompatibleVersion: UInt32
  let bootCPU: UInt32
  let stringsSize: UInt32
  let structureSize: UInt32

  /// Reads the ten fields; `nil` if there are too few bytes.
  init?(_ bytes: BigEndianBytes) {
    guard let magic = bytes.word(0), let totalSize = bytes.word(4), let structureOffset = bytes.word(8),
      let stringsOffset = bytes.word(12), let reservationsOffset = bytes.word(16), let version = bytes.word(20),
      let lastCompatibleVersion = bytes.word(24), let bootCPU = bytes.word(28), let stringsSize = bytes.word(32),
      let structureSize = bytes.word(36)
    else { return nil }
    self.magic = magic
    self.totalSize = totalSize
    self.structureOffset = structureOffset
    self.stringsOffset = stringsOffset
    self.reservationsOffset = reservationsOffset
    self.version = version
    self.lastCompatibleVersion = lastCompatibleVersion
    self.bootCPU = bootCPU
    self.stringsSize = stringsSize
    self.structureSize = structureSize
  }
}
