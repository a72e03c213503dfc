import DeviceTree

/// One edge of a device's closure: a node refers to another, or stands below one that it cannot work without.
public struct Dependency: Hashable, Sendable {
  /// Who has to answer for the node referred to when domains are separated.
  public enum Role: String, Sendable {
    /// Fixed clocks, supply rails without control, tables, pin states: every domain gets a copy.
    case copied
    /// The GIC, an ITS, an SMMU, PSCI: EL2 drives it.
    case hypervisor
    /// An interface to firmware, or a node below one: a provider whose requests can be left to the firmware.
    case firmware
    /// Hardware that serves several devices: needs a policy as soon as two domains reach it.
    case provider
    /// Hardware that serves one device at a time as a whole (a PHY, a private IOMMU, a reserved region): no policy lets
    /// two domains share it.
    case exclusive
    /// A CPU, a cache, a nexus of interrupts, another device's description: nothing to own.
    case description
  }

  /// Path of the node whose property names the other: the device itself, a node below it, a bus above it whose clocks
  /// and power it needs, or another dependency.
  public let from: String
  /// The property; `parent` where the other node stands above this one.
  public let property: String
  /// Position among the property's references, from 0.
  public let index: Int
  /// Path of the node referred to.
  public let to: String
  /// The cells that come with the phandle.
  public let specifier: [UInt32]
  /// What it is needed for.
  public let kind: ReferenceKind
  /// Who has to answer for `to`.
  public let role: Role

  /// Whether `to` is hardware, or firmware that drives some, that a domain has to own or to be given a stand-in for.
  public var isProvider: Bool {
    switch role {
    case .provider, .firmware: true
    case .exclusive: kind != .memoryRegion
    case .copied, .hypervisor, .description: false
    }
  }

  /// Whether what a bus refers to is needed by the nodes below it as well: what runs, feeds, resets or translates it.
  var isInheritedByChildren: Bool {
    switch kind {
    case .clock, .reset, .powerDomain, .regulator, .iommu, .interconnect, .interrupt, .messageInterrupt: true
    default: false
    }
  }
}
