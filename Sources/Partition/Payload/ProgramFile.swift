import Ownership

/// An ELF program for AArch64 that can be put into memory and started with its MMU off.
public struct ProgramFile: Hashable, Sendable {
  /// Address of the first instruction, by the physical addresses of the segments.
  public let entry: UInt64
  /// The segments that have bytes in memory, in the order of the file.
  public let segments: [ProgramSegment]

  /// `\x7fELF`.
  static let magic: [UInt8] = [0x7F, 0x45, 0x4C, 0x46]
  /// Bytes of an ELF-64 header.
  static let headerLength = 64
  /// Bytes of an ELF-64 program header.
  private static let entryLength = 56
  /// `e_machine` of AArch64 (ELF for the Arm 64-bit Architecture, “Machine”).
  private static let aarch64: UInt16 = 183
  /// More program headers than this no linker script makes.
  private static let mostProgramHeaders = 1024

  /// Reads the headers of an open file.
  init(_ file: borrowing PayloadFile) throws(PayloadProblem) {
    let header = ByteReader(try file.bytes(at: 0, count: Self.headerLength))
    try Self.checkIdentity(header)
    guard let entry = header.u64(24), let tableOffset = header.u64(32), let entryLength = header.u16(54),
      let count = header.u16(56)
    else { throw .malformed("its ELF header is cut off after \(header.count) of \(Self.headerLength) bytes") }
    guard count > 0 else { throw .malformed("it has no program headers; link it into an executable") }
    guard entryLength == Self.entryLength, count <= Self.mostProgramHeaders else {
      throw .malformed(
        "its ELF header speaks of \(count) program headers of \(entryLength) bytes; they have \(Self.entryLength) bytes, "
          + "and \(Self.mostProgramHeaders) are the most that Bulkhead reads")
    }
    let length = Int(count) * Self.entryLength
    let table = ByteReader(try file.bytes(at: tableOffset, count: length))
    guard table.count == length else {
      throw .malformed("its program headers at offset \(tableOffset.hexadecimal) reach past the end of the file")
    }
    var segments: [ProgramSegment] = []
    for index in 0..<Int(count) {
      if let segment = try Self.segment(table, index, fileSize: file.size) { segments.append(segment) }
    }
    guard !segments.isEmpty else { throw .malformed("it has no loadable segment with bytes in memory") }
    try Self.checkOverlaps(segments)
    self.segments = segments
    self.entry = try Self.physicalEntry(entry, segments)
  }

  /// Class, byte order, machine and type (ELF-64 Object File Format, “ELF header”).
  private static func checkIdentity(_ header: ByteReader) throws(PayloadProblem) {
    guard let fileClass = header.u8(4), let order = header.u8(5), let type = header.u16(16),
      let machine = header.u16(18)
    else { throw .malformed("its ELF header is cut off after \(header.count) of \(headerLength) bytes") }
    guard fileClass == 2 else {
      throw .foreign(ForeignFormat("a 32-bit ELF file", "build for aarch64; domains start in AArch64"))
    }
    guard order == 1 else { throw .bigEndian("its ELF header says that its data is most significant byte first") }
    guard machine == aarch64 else {
      let name = [62: "x86-64", 243: "RISC-V", 40: "32-bit Arm", 21: "PowerPC"][machine] ?? "machine \(machine)"
      throw .foreign(ForeignFormat("an ELF file for \(name)", "build for aarch64"))
    }
    guard type == 2 else {
      let name = [1: "a relocatable object file", 3: "a position-independent or shared ELF file", 4: "a core dump"][
        type]
      throw .foreign(
        ForeignFormat(
          name ?? "an ELF file of type \(type)",
          "link it to fixed addresses (-static, without -pie), or convert it to raw binary (objcopy -O binary)"))
    }
  }

  /// The segment of one program header; `nil` for one that puts no bytes into memory.
  private static func segment(
    _ table: ByteReader, _ index: Int, fileSize: UInt64
  ) throws(PayloadProblem) -> ProgramSegment? {
    let start = index * entryLength
    guard let type = table.u32(start), let offset = table.u64(start + 8), let virtual = table.u64(start + 16),
      let physical = table.u64(start + 24), let bytes = table.u64(start + 32), let memory = table.u64(start + 40)
    else { return nil }
    guard type != 3 else {
      let advice = "link it statically, without an interpreter"
      throw .foreign(ForeignFormat("an ELF file that wants a dynamic linker", advice))
    }
    guard type == 1, memory > 0 else { return nil }
    guard bytes <= memory else {
      throw .malformed(
        "segment \(index) has \(bytes.hexadecimal) bytes in the file and only \(memory.hexadecimal) in memory")
    }
    let (end, overflow) = offset.addingReportingOverflow(bytes)
    guard !overflow, end <= fileSize || bytes == 0 else {
      throw .malformed(
        "segment \(index) takes \(bytes.hexadecimal) bytes from offset \(offset.hexadecimal), and the file has "
          + "\(fileSize.hexadecimal)")
    }
    guard AddressRange(base: physical, size: memory) != nil else {
      throw .malformed("segment \(index) at \(physical.hexadecimal) with \(memory.hexadecimal) bytes runs past 2^64")
    }
    return ProgramSegment(
      offset: offset, fileSize: bytes, memorySize: memory, address: physical, virtualAddress: virtual)
  }

  private static func checkOverlaps(_ segments: [ProgramSegment]) throws(PayloadProblem) {
    let ranges = segments.compactMap { AddressRange(base: $0.address, size: $0.memorySize) }
    if let pair = OverlapSweep.pairs(among: ranges, limit: 1).first {
      throw .malformed(
        "its loadable segments at \(ranges[pair.first]) and \(ranges[pair.second]) overlap in \(pair.overlap)")
    }
  }

  /// `e_entry` is a virtual address; where a segment's two addresses differ, the first instruction is at the physical.
  private static func physicalEntry(
    _ entry: UInt64, _ segments: [ProgramSegment]
  ) throws(PayloadProblem) -> UInt64 {
    for segment in segments where entry >= segment.virtualAddress && entry - segment.virtualAddress < segment.memorySize
    {
      return segment.address + (entry - segment.virtualAddress)
    }
    guard segments.contains(where: { entry >= $0.address && entry - $0.address < $0.memorySize }) else {
      throw .malformed("its entry point \(entry.hexadecimal) lies in none of its loadable segments")
    }
    return entry
  }
}
