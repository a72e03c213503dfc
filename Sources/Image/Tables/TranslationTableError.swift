import Ownership

/// Why a mapping cannot be put into translation tables. The rules refuse such plans before; this is the last line.
enum TranslationTableError: Error, Hashable {
  /// Base, end or output address is not a multiple of 4 KiB.
  case misaligned(AddressRange)
  /// The input address has more bits than the tables translate.
  case inputTooLarge(AddressRange)
  /// The output address would have more than 48 bits.
  case outputTooLarge(AddressRange)
  /// The input address is mapped already.
  case overlap(UInt64)
  /// More tables would be needed than this number.
  case tooManyTables(Int)

  /// What is wrong, as the end of a sentence that names whose tables they are.
  var words: String {
    switch self {
    case .misaligned(let range):
      "\(range) does not start and end on 4 KiB pages on both sides of the translation"
    case .inputTooLarge(let range): "\(range) lies beyond the addresses that the tables translate"
    case .outputTooLarge(let range): "what \(range) stands for lies beyond 48 physical address bits"
    case .overlap(let address): "the page at \(address.hexadecimal) is mapped twice"
    case .tooManyTables(let limit):
      "more than \(limit) tables would be needed; addresses aligned to 2 MiB on both sides need far fewer"
    }
  }
}
