import Foundation
import Ownership

/// One run of memory that a boot loader fills.
public struct ImageSegment: Sendable {
  /// What a message calls it: `payloads/infotainment-kernel.bin`, `segment 3 of image.elf`.
  public let name: String
  /// The memory that it takes, by physical address.
  public let memory: AddressRange
  /// The bytes that it starts with; the rest of its memory is zero.
  public let bytes: Data

  /// Describes a segment; `nil` if it would be empty, run past 2^64, or have more bytes than memory.
  public init?(name: String, address: UInt64, bytes: Data, memorySize: UInt64) {
    guard let memory = AddressRange(base: address, size: memorySize), UInt64(bytes.count) <= memorySize else {
      return nil
    }
    self.name = name
    self.memory = memory
    self.bytes = bytes
  }
}
