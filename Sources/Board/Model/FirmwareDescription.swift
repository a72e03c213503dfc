/// What runs above the hypervisor, at EL3 and beside the CPUs, and what is relied on; in words, for people.
public struct FirmwareDescription: Hashable, Sendable {
  /// What it is: `TF-A 2.8, BL31`.
  public let name: String
  /// What is taken from it, one point each.
  public let provides: [String]

  /// Makes a description.
  public init(name: String, provides: [String]) {
    self.name = name
    self.provides = provides
  }
}
