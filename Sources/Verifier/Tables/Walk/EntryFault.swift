import Ownership

/// What is wrong with one entry of a translation table.
enum EntryFault: Hashable, Sendable {
  /// Bit 0 is clear, and other bits are not.
  case invalidButNotZero
  /// Bits 1:0 are 0b01 at level 0 or 3.
  case reservedType
  /// A table descriptor with bits beside address and type.
  case tableAttributes(UInt64)
  /// A table outside the hypervisor's memory.
  case tableOutside(AddressRange)
  /// A table in memory that nothing is loaded to.
  case tableNotLoaded
  /// A table that another entry leads to as well.
  case tableTwice
  /// More tables, or leaves, than are read.
  case beyondLimit(String)
  /// The Contiguous bit.
  case contiguous
  /// Bits of a block's address below its size.
  case misaligned(UInt64)
  /// Bits 49:48 of the output address.
  case upperOutput
  /// Output addresses beyond PS.
  case outputTooLarge(Int)

  /// What is wrong, and what would be right, as the end of a sentence.
  func words(level: Int) -> String {
    switch self {
    case .invalidButNotZero: "bit 0 says that it is invalid, and then all of it has to be zero"
    case .reservedType:
      "bits 1:0 are 0b01, which is reserved at level \(level) (a \(level == 3 ? "page" : "table") has 0b11)"
    case .tableAttributes(let bits):
      "it leads to a table and has bits \(bits.hexadecimal) beside the address, which have to be zero"
    case .tableOutside(let memory): "it leads to a table outside the hypervisor's memory at \(memory)"
    case .tableNotLoaded: "it leads to a table in memory that nothing is loaded to"
    case .tableTwice: "it leads to a table that another entry leads to as well; each has to have one entry"
    case .beyondLimit(let what): "it leads to more \(what)"
    case .contiguous: "the Contiguous bit (52) is set; it is never written, and has to be zero"
    case .misaligned(let bits):
      "its output address has bits \(bits.hexadecimal) below the size of what it maps; they have to be zero"
    case .upperOutput: "bits 49:48 are not zero, as they have to be with 48-bit output addresses"
    case .outputTooLarge(let bits): "it maps output addresses beyond the \(bits) bits that PS says"
    }
  }
}
