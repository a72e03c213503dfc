/// Finds out what a payload is from its size and its headers; never reads a whole file.
public enum PayloadInspector {
  /// Bytes of a file that are looked at for signatures and for an Image's PE header.
  private static let headLength = 4096

  /// What the kernel at `path` is.
  public static func kernel(_ path: String) throws(PayloadProblem) -> InspectedKernel {
    let file = try PayloadFile(path)
    let start = try head(file)
    return InspectedKernel(file: path, fileSize: file.size, format: try format(file, start))
  }

  private static func format(
    _ file: borrowing PayloadFile, _ start: [UInt8]
  ) throws(PayloadProblem) -> KernelFormat {
    if ImageHeader.isPresent(in: start) { return .image(try ImageHeader(start, fileSize: file.size)) }
    if ByteReader(start).has(ProgramFile.magic, at: 0) { return .elf(try ProgramFile(file)) }
    if let format = FileSignature.recogniseForeignKernel(start) { throw .foreign(format) }
    return .raw
  }

  /// The size of the initial RAM file system at `path`, in bytes. A cpio archive that is not compressed is walked from
  /// entry to entry up to its end; what is inside a compressed one is Linux's to find out.
  public static func ramDisk(_ path: String) throws(PayloadProblem) -> UInt64 {
    let file = try PayloadFile(path)
    let start = try head(file)
    if let format = FileSignature.recogniseForeignRAMDisk(start) { throw .foreign(format) }
    if ByteReader(start).has(FileSignature.cpioMagic, at: 0) { try CPIOArchive.check(file) }
    return file.size
  }

  /// The size of any other payload at `path`, in bytes.
  public static func file(_ path: String) throws(PayloadProblem) -> UInt64 {
    let file = try PayloadFile(path)
    guard file.size > 0 else { throw .empty }
    return file.size
  }

  private static func head(_ file: borrowing PayloadFile) throws(PayloadProblem) -> [UInt8] {
    let start = try file.bytes(at: 0, count: headLength)
    guard !start.isEmpty else { throw .empty }
    return start
  }
}
