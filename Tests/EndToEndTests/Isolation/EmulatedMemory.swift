import Foundation
import Ownership

/// The machine's RAM while and after it ran: the file that QEMU keeps it in, so that it is read from outside of every
/// domain. What was never written is a hole.
struct EmulatedMemory {
  /// RAM by physical address.
  let range: AddressRange
  private let handle: FileHandle
  /// SEEK_DATA and SEEK_HOLE of Linux (lseek(2)), which are macros that Swift does not see.
  private static let seekData: Int32 = 3
  private static let seekHole: Int32 = 4
  let path: String

  /// Makes the file's name; QEMU makes the file.
  static func arguments(file: String, size: UInt64) -> [String] {
    [
      "-object", "memory-backend-file,id=ram0,size=\(size),mem-path=\(file),share=on", "-machine",
      "memory-backend=ram0",
    ]
  }

  /// Opens the file of a machine that ran.
  init(file: String, range: AddressRange) throws {
    handle = try FileHandle(forReadingFrom: URL(fileURLWithPath: file))
    self.range = range
    path = file
  }

  /// Bytes by physical address; what lies outside of RAM is left out.
  func bytes(_ wanted: AddressRange) throws -> [UInt8] {
    guard let part = wanted.intersection(range) else { return [] }
    try handle.seek(toOffset: part.base - range.base)
    return [UInt8](try handle.read(upToCount: Int(part.size)) ?? Data())
  }

  /// The parts of a range that were written at some time.
  func written(_ wanted: AddressRange) -> [AddressRange] {
    guard let part = wanted.intersection(range) else { return [] }
    let descriptor = handle.fileDescriptor
    var result: [AddressRange] = []
    var offset = Int(part.base - range.base)
    let end = Int(part.last - range.base) + 1
    while offset < end {
      let data = lseek(descriptor, offset, Self.seekData)
      if data < 0 || data >= end { break }
      let hole = min(lseek(descriptor, data, Self.seekHole), end)
      if hole <= data { break }
      let first = range.base + UInt64(data)
      if let run = AddressRange(base: first, size: UInt64(hole - data)) { result.append(run) }
      offset = hole
    }
    return result
  }

  /// The first address of a range that does not hold 0.
  func firstNonzero(_ wanted: AddressRange) throws -> UInt64? {
    for run in written(wanted) {
      var next: UInt64? = run.base
      while let base = next, base <= run.last {
        let part = AddressRange(base: base, last: min(run.last, base + 0xF_FFFF)) ?? run
        if let index = try bytes(part).firstIndex(where: { $0 != 0 }) { return base + UInt64(index) }
        next = part.end
      }
    }
    return nil
  }
}
