import Ownership

/// Reads both headers at the start of the hypervisor's image strictly: the arm64 Image header, and the runtime's own.
struct HypervisorHeaderReader {
  private typealias Offsets = HeaderOffsets

  /// More stack or state than this is no runtime of ours.
  private static let sizeLimit: UInt32 = 1 << 20
  /// A section longer than this is none either.
  private static let sectionLimit: UInt64 = 1 << 30

  private let header: RecordBytes
  /// How the hypervisor's pages are counted; `nil` for their physical order.
  private let placement: PagePlacement?

  /// Reads the headers at an image's entry point, which is the first byte of the hypervisor.
  ///
  /// - Throws: `VerifierError` with the first thing that is not as the contract says, and its byte offset.
  static func read(
    _ image: MemoryImage, _ placement: PagePlacement? = nil
  ) throws(VerifierError) -> HypervisorSections {
    let header = try RecordBytes(
      "the hypervisor's header", of: image, at: image.entry, size: UInt64(Offsets.total), rule: VerifierRules.header)
    return try HypervisorHeaderReader(header: header, placement: placement).sections()
  }

  private func sections() throws(VerifierError) -> HypervisorSections {
    let base = header.base
    let isPlacedAnywhere = try checkImageHeader()
    try checkRuntimeHeader()
    let textSize = try length(at: Offsets.textSize)
    let readOnlyStart = try length(at: Offsets.readOnlyOffset)
    let readOnlySize = try length(at: Offsets.readOnlySize)
    let dataStart = try length(at: Offsets.dataOffset)
    let dataSize = try length(at: Offsets.dataSize)
    try header.require(
      readOnlyStart == (textSize + 4095) & ~4095, at: Offsets.readOnlyOffset,
      "has read-only data that does not start on the page behind its text")
    try header.require(
      dataStart == readOnlyStart + readOnlySize, at: Offsets.dataOffset,
      "has data that does not start behind its read-only data")
    try header.require(
      readOnlySize % 4096 == 0 && dataSize % 64 == 0, at: Offsets.readOnlySize, "has sections of broken pages or lines")
    let table: UInt64 = try header.number(at: Offsets.partitionTable)
    let imageSize = try length(at: Offsets.imageSize)
    let linearSize = placement?.linearSize(imageSize) ?? imageSize
    guard let memory = AddressRange(base: base, size: linearSize), memory.isAligned(to: 4096),
      let loadedMemory = AddressRange(base: base, size: imageSize), loadedMemory.isAligned(to: 4096),
      linearSize > dataStart, linearSize - dataStart > dataSize
    else { throw header.fault(at: Offsets.imageSize, "says that it takes \(imageSize) bytes, fewer than its sections") }
    try header.require(
      table % 4096 == 0 && table >= base + dataStart + dataSize && memory.contains(table), at: Offsets.partitionTable,
      "says that the partition table is at \(table.hexadecimal), which is no page of it behind its data")
    let physical: UInt64 = try header.number(at: Offsets.partitionTablePhysical)
    try header.require(
      physical == placement?.physical(table) ?? table, at: Offsets.partitionTablePhysical,
      "says that with the MMU off the partition table is at \(physical.hexadecimal), where it is not")
    return HypervisorSections(
      base: base, text: try section(0, readOnlyStart), readOnlyData: try section(readOnlyStart, readOnlySize),
      data: try section(dataStart, dataSize), partitionTable: table,
      stackSize: try size(at: Offsets.stackSize, unit: 64),
      cpuStateSize: try size(at: Offsets.cpuStateSize, unit: 64),
      domainStateSize: try size(at: Offsets.domainStateSize, unit: 64), memory: memory, loadedMemory: loadedMemory,
      textOffset: try header.number(at: Offsets.textOffset), isPlacedAnywhere: isPlacedAnywhere)
  }

  /// Whether the image may be placed anywhere, by flags bit 3. Bit 0 is little-endian, bits 2:1 are 0b01 for 4 KiB pages.
  private func checkImageHeader() throws(VerifierError) -> Bool {
    let magic: UInt32 = try header.number(at: Offsets.linuxMagic)
    try header.require(magic == Offsets.linuxMagicValue, at: Offsets.linuxMagic, "has no ARM\\x64 in it")
    for offset in [Offsets.secondInstruction, Offsets.peOffset] {
      let number: UInt32 = try header.number(at: offset)
      try header.require(number == 0, at: offset, "is not zero where it has to be")
    }
    for offset in Offsets.reserved {
      let number: UInt64 = try header.number(at: offset)
      try header.require(number == 0, at: offset, "is not zero where it is reserved")
    }
    let flags: UInt64 = try header.number(at: Offsets.flags)
    try header.require(
      flags == 0b0010 || flags == 0b1010, at: Offsets.flags,
      "has the flags \(flags.hexadecimal), not those of a little-endian image of 4 KiB pages")
    let isPlacedAnywhere = flags == 0b1010
    let textOffset: UInt64 = try header.number(at: Offsets.textOffset)
    try header.require(
      isPlacedAnywhere ? textOffset == header.base % (2 << 20) : textOffset <= header.base, at: Offsets.textOffset,
      "has the text_offset \(textOffset.hexadecimal), which no image at \(header.base.hexadecimal) can have")
    return isPlacedAnywhere
  }

  private func checkRuntimeHeader() throws(VerifierError) {
    let magic: UInt64 = try header.number(at: Offsets.magic)
    try header.require(magic == Offsets.magicValue, at: Offsets.magic, "has no BHRUNTIM in it")
    let version: UInt32 = try header.number(at: Offsets.version)
    try header.require(
      version == PartitionOffsets.versionValue, at: Offsets.version,
      "is of version \(version), and this reader knows \(PartitionOffsets.versionValue)")
    let base: UInt64 = try header.number(at: Offsets.imageBase)
    try header.require(
      base == header.base && base % 4096 == 0, at: Offsets.imageBase,
      "says that the image runs at \(base.hexadecimal), and it is loaded at \(header.base.hexadecimal)")
  }

  private func length(at offset: Int) throws(VerifierError) -> UInt64 {
    let length: UInt64 = try header.number(at: offset)
    try header.require(
      length > 0 && length <= Self.sectionLimit, at: offset,
      "has a part of \(length) bytes, not 1 to \(Self.sectionLimit)")
    return length
  }

  private func size(at offset: Int, unit: UInt32) throws(VerifierError) -> UInt64 {
    let size: UInt32 = try header.number(at: offset)
    try header.require(
      size > 0 && size % unit == 0 && size <= Self.sizeLimit, at: offset,
      "asks for \(size) bytes of stack or state, not a multiple of \(unit) up to \(Self.sizeLimit)")
    return UInt64(size)
  }

  private func section(_ offset: UInt64, _ size: UInt64) throws(VerifierError) -> AddressRange {
    let (base, overflow) = header.base.addingReportingOverflow(offset)
    guard !overflow, let range = AddressRange(base: base, size: size) else {
      throw header.fault(at: Offsets.textSize, "has sections that run past the end of the address space")
    }
    return range
  }
}
