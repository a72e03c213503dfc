/// The resource that a finding is about, in the form that the JSON carries.
public struct ResourceReference: Hashable, Sendable {
  /// The kind of resource.
  public let kind: ResourceKind
  /// Its number or name: addresses as `0x…` in hexadecimal, an interrupt as its decimal INTID, a CPU as its decimal
  /// index; `nil` where the kind says everything.
  public let value: String?
  /// The controller on which the number counts, where the number alone would be ambiguous (a stream's SMMU).
  public let controller: String?

  /// Names a resource.
  public init(_ kind: ResourceKind, _ value: String? = nil, on controller: String? = nil) {
    self.kind = kind
    self.value = value
    self.controller = controller
  }
}
