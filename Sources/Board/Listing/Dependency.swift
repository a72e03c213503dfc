import DeviceTree

/// A node that a device needs, directly or through others.
public struct Dependency: Hashable, Sendable {
  /// Who has to answer for it when domains are separated.
  public enum Role: String, Sendable {
    /// Fixed clocks, supply rails without control, tables: every domain gets a copy.
    case copied
    /// The GIC, an ITS, an SMMU, PSCI: EL2 drives it.
    case hypervisor
    /// A node of firmware.
    case firmware
    /// Hardware that serves several devices: needs a policy as soon as two domains reach it.
    case provider
    /// A CPU, a cache, another device's description: nothing to own.
    case description
  }

  /// The node.
  public let path: String
  /// What it is needed for.
  public let kind: ReferenceKind
  /// The node whose property names it: the device itself, a node above it, or another dependency.
  public let from: String
  /// The property; `parent` where the other node stands below this one.
  public let property: String
  /// References away from the device, from 1.
  public let distance: Int
  /// Who has to answer for it.
  public let role: Role
}
