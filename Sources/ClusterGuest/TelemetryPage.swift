import GuestSupport
import GuestTree

/// The shared page as the cluster writes it; all words are little-endian and 32 bits wide.
///
/// | offset | word |
/// |---|---|
/// | 0 | `0x54454c45` ("ELET"), once the page is in use |
/// | 4 | sequence number; odd while the words below are being written |
/// | 8 | vehicle speed in tenths of km/h |
/// | 12 | heartbeats so far |
///
/// Speed and heartbeats are stored as one 64-bit word, so a reader that loads them as one has what belongs together. One
/// that cannot takes the sequence number, the words, and the sequence number again, and repeats if the two differ or are
/// odd. The page is Normal Non-cacheable on both sides, so that a barrier is all the ordering that is needed.
struct TelemetryPage {
  private static var magic: UInt32 { 0x5445_4C45 }

  let base: UInt64
  /// The page that interrupts the readers when it is written; `nil` for a channel without a doorbell.
  let doorbell: UInt64?
  private var sequence: UInt32 = 0

  /// The first page of a channel, and its doorbell; `nil` where it cannot hold the words.
  init?(registers: TreeRegisters, doorbell: TreeRegisters?) {
    guard registers.size >= 4096, registers.base & 7 == 0 else { return nil }
    base = registers.base
    self.doorbell = doorbell?.base
  }

  /// Publishes one set of values.
  mutating func publish(speed: UInt32, heartbeats: UInt32) {
    guest_store32(base + 4, sequence | 1)
    guest_memory_barrier()
    guest_store64(base + 8, UInt64(heartbeats) << 32 | UInt64(speed))
    guest_memory_barrier()
    sequence &+= 2
    guest_store32(base + 4, sequence)
    guest_store32(base, TelemetryPage.magic)
    if let doorbell {
      guest_memory_barrier()
      guest_store32(doorbell, 1)
    }
  }
}
