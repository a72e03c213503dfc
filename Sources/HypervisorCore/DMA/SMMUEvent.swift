/// An event record of an SMMUv3 (Arm IHI 0070F.b, 7.3), as far as it says who tried what.
public struct SMMUEvent: Equatable, Sendable {
  /// The event's number.
  public let number: UInt32
  /// The stream.
  public let stream: UInt32
  /// The address that the device named; 0 where the record has none.
  public let address: UInt64
  /// It was a read (else a write).
  public let isRead: Bool

  /// Decodes the first three words of a record.
  public init(_ first: UInt64, _ second: UInt64, _ third: UInt64) {
    number = UInt32(truncatingIfNeeded: first & 0xFF)
    stream = UInt32(truncatingIfNeeded: first >> 32)
    // RnW is bit 99 and InputAddr bits 191:128 of F_UUT, F_TRANSLATION, F_ADDR_SIZE, F_ACCESS and F_PERMISSION.
    let hasAddress = number == 0x01 || (0x10...0x13).contains(number)
    isRead = hasAddress && second >> 35 & 1 == 1
    address = hasAddress ? third : 0
  }

  /// The stream has no valid entry: it is nobody's (C_BAD_STREAMID, C_BAD_STE).
  public var hasNoEntry: Bool { number == 0x02 || number == 0x04 }
  /// What was refused is a plain access to what the domain does not have (F_TRANSLATION, F_PERMISSION).
  public var isRefusal: Bool { number == 0x10 || number == 0x13 }

  /// The same stream at the same page in the same direction: one transfer comes as many of them.
  public func continues(_ other: SMMUEvent) -> Bool {
    number == other.number && stream == other.stream && isRead == other.isRead && address >> 12 == other.address >> 12
  }
}
