import Ownership

/// Bytes of a payload that EL2 keeps as they were loaded.
public struct PristineCopy: Hashable, Sendable {
  /// Which of the domain's payloads.
  public let payload: Int
  /// Where the copy is: whole pages of EL2's.
  public let memory: AddressRange
  /// How many bytes a restart copies; for a generated tree all of its slot, which is zero behind the tree.
  public let size: UInt64
}
