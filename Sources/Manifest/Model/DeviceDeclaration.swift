import Diagnostics

/// One entry of a domain's `devices:`.
public struct DeviceDeclaration: Sendable {
  /// The node: path, label or alias of the board's tree.
  public let path: Located<String>
  /// `dma: unprotected` was written.
  public let hasUnprotectedDMA: Located<Bool>?
  /// Why DMA without an SMMU is accepted.
  public let reason: Located<String>?
  /// `set:`, properties to put into the domain's copy of the node.
  public let properties: [PropertyDeclaration]

  /// Makes an entry.
  public init(
    path: Located<String>, hasUnprotectedDMA: Located<Bool>?, reason: Located<String>?,
    properties: [PropertyDeclaration]
  ) {
    self.path = path
    self.hasUnprotectedDMA = hasUnprotectedDMA
    self.reason = reason
    self.properties = properties
  }
}
