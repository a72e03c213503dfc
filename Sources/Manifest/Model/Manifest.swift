import Diagnostics
import Ownership

/// A manifest of version 1 as it was written: every value with its place, nothing resolved against a board yet.
///
/// Values that a person left out are `nil` or empty here; defaults that depend on the board are the plan's affair.
public struct Manifest: Sendable {
  /// The file that was named on the command line.
  public let file: String
  /// The manifest's name.
  public let name: Located<String>
  /// A folder under `boards/`, or `generic`.
  public let board: Located<String>
  /// The path of a device tree, resolved against the file that names it.
  public let deviceTree: Located<String>?
  /// Which hypervisor the images are for.
  public let backend: Located<Backend>
  /// Where Xen and its configuration are; backend Xen only.
  public let xen: XenSection?
  /// EL2's own console and memory.
  public let hypervisor: HypervisorSection
  /// RAM banks in place of the tree's memory nodes; `nil` where the tree's count.
  public let memoryBanks: [MemoryBankDeclaration]?
  /// Memory that the tree does not show as kept.
  public let reserved: [ReservedDeclaration]
  /// Nodes that nobody may use.
  public let disabled: [Located<String>]
  /// The domains in the order of writing.
  public let domains: [DomainDeclaration]
  /// The channels in the order of writing.
  public let channels: [ChannelDeclaration]
  /// Policies for hardware that several domains' devices depend on.
  public let providers: [ProviderDeclaration]
  /// Findings that a person accepts.
  public let waivers: [WaiverDeclaration]
  /// What `bulkhead test` waits for, in the order of writing.
  public let expectations: [ExpectationDeclaration]
}
