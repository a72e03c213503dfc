import Foundation
import Ownership
import Partition

/// Payloads: kernels of every format, and initial RAM file systems.
enum PayloadTrial {
  @Sendable static func run(_ bytes: [UInt8]) throws {
    try ScratchFile.with(bytes) { path in
      try kernel(path, bytes)
      try ramDisk(path, bytes)
    }
  }

  private static func kernel(_ path: String, _ bytes: [UInt8]) throws(Mismatch) {
    let kernel: InspectedKernel
    do throws(PayloadProblem) {
      kernel = try PayloadInspector.kernel(path)
    } catch {
      try require(error != .missing, "the file is there")
      return
    }
    try require(kernel.fileSize, is: UInt64(bytes.count), "the file's size")
    switch kernel.format {
    case .image(let header):
      try require(header.textOffset < 2 << 20 && header.imageSize > 0, "an Image that nobody can place: \(header)")
    case .elf(let program): try check(program, UInt64(bytes.count))
    case .raw: try require(!bytes.isEmpty, "an empty kernel")
    }
  }

  /// What is put into memory comes from the file, does not overlap, and has the first instruction.
  private static func check(_ program: ProgramFile, _ size: UInt64) throws(Mismatch) {
    var memory: [AddressRange] = []
    for segment in program.segments {
      let (end, isTooFar) = segment.offset.addingReportingOverflow(segment.fileSize)
      try require(segment.fileSize == 0 || !isTooFar && end <= size, "\(segment) of a file of \(size) bytes")
      try require(segment.fileSize <= segment.memorySize, "\(segment) has more bytes than memory")
      guard let range = AddressRange(base: segment.address, size: segment.memorySize) else {
        throw Mismatch("\(segment) runs past the last address")
      }
      if let other = memory.first(where: { $0.overlaps(range) }) { throw Mismatch("\(range) overlaps \(other)") }
      memory.append(range)
    }
    try require(
      memory.contains { $0.contains(program.entry) }, "no segment has the entry \(hexadecimal(program.entry))")
  }

  private static func ramDisk(_ path: String, _ bytes: [UInt8]) throws(Mismatch) {
    guard let size = try? PayloadInspector.ramDisk(path) else { return }
    try require(size, is: UInt64(bytes.count), "the RAM disk's size")
  }
}
