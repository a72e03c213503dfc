import Diagnostics
import Ownership

/// One entry of `memory-banks:`.
public struct MemoryBankDeclaration: Sendable {
  /// The RAM, by physical address.
  public let range: Located<AddressRange>
}
