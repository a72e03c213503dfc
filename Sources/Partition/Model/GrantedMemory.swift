import Board
import Diagnostics
import Ownership

/// A node of reserved memory that a domain is given.
public struct GrantedMemory: Sendable {
  /// The node's memory.
  public let reserved: ReservedMemory
  /// Where the domain sees it: at its physical address.
  public let region: MemoryRegion
  /// Where the manifest names it.
  public let span: SourceSpan?
}
