import Ownership

/// Bytes that the boot loader puts into memory before a domain starts.
public struct PlacedPayload: Hashable, Sendable {
  /// What the bytes are for.
  public enum Role: String, Sendable {
    case kernel, initrd, file
    case deviceTree = "device-tree"
  }

  /// What they are for.
  public let role: Role
  /// The file as the manifest names it, resolved; `nil` for the domain's generated tree.
  public let file: String?
  /// Offset of the first byte in the file.
  public let offset: UInt64
  /// How many bytes come from the file; 0 for a generated tree, whose size is known when it is made.
  public let fileSize: UInt64
  /// Where they go, by physical address and in their order; includes what has to be zero behind them (a kernel's BSS). One
  /// run, unless the domain's memory is coloured.
  public let runs: [AddressRange]
  /// From the first byte of `runs` to the last.
  public let physical: AddressRange
  /// The same by guest address.
  public let guest: AddressRange
}
