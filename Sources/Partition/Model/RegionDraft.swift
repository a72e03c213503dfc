import Manifest
import Ownership

/// One entry of a domain's `memory:` with what the planner made of it.
public struct RegionDraft: Sendable {
  /// What the manifest says.
  public let declaration: MemoryDeclaration
  /// Position in `memory:`, from 0.
  public let index: Int
  /// Where it is and where the domain sees it; `nil` if it could not be placed, for which a finding gives the reason.
  public let region: MemoryRegion?
}
