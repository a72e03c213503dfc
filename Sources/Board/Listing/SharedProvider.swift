import DeviceTree

/// A provider that a device needs and others need as well, so that giving those to another domain takes a policy.
public struct SharedProvider: Hashable, Sendable {
  /// The node that a line under `providers:` would name: the block with registers, or the interface to the firmware, that
  /// the references lead to.
  public let path: String
  /// Whether requests to it can be left to the firmware.
  public let isFirmware: Bool
  /// What the device needs it for, in the order of the references.
  public let kinds: [ReferenceKind]
  /// Whether the device gets there without passing another shared provider: once those have policies, what stands behind
  /// them needs none of its own.
  public let isDirect: Bool
  /// Paths of the other enabled devices that need it too, or that it is, in the order of the tree.
  public let others: [String]

  /// A line under `providers:` that lets domains share it.
  public var manifestLine: String {
    "\(path): { policy: \(isFirmware ? "firmware" : "boot-configured"), reason: \"…\" }"
  }
}
