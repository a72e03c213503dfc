import Diagnostics
import Ownership

/// One entry of `reserved:`, memory that firmware or another processor keeps.
public struct ReservedDeclaration: Sendable {
  /// The memory, by physical address.
  public let range: Located<AddressRange>
  /// Who keeps it, in the manifest's words (`firmware` or a free name).
  public let owner: Located<String>?
  /// Why.
  public let reason: Located<String>?
}
