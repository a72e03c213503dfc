import Ownership

/// What the load map says of one run of memory.
public struct LoadedPiece: Hashable, Sendable {
  /// `hypervisor`, `kernel`, `initrd`, `file`, `device-tree`, or `pristine` for what EL2 keeps of one of these for
  /// restarts.
  public let role: String
  /// `hypervisor`, or the domain's name.
  public let owner: String
  /// The file below the output folder; `nil` where the memory only has to be zero.
  public let file: String?
  /// Where its bytes start in the file.
  public let offset: UInt64
  /// The memory, by physical address.
  public let memory: AddressRange
  /// How many bytes come from the file.
  public let size: UInt64
  /// SHA-256 of the file, hexadecimal, as the load map states it.
  public let sha256: String?

  /// The role of a second copy of a payload; it has the payload's file, and is the hypervisor's.
  static let pristineRole = "pristine"
  /// Whether it is one.
  var isPristine: Bool { role == Self.pristineRole }
}
