/// What `cpu-features:` of a board.yaml says about the CPUs of one type on that board.
public struct CPUStatement: Hashable, Sendable {
  /// The word in the CPUs' `compatible`.
  public let compatible: String
  /// What they have.
  public let present: [CPUFeature]
  /// What they lack.
  public let absent: [CPUFeature]

  /// Makes a statement.
  public init(compatible: String, present: [CPUFeature] = [], absent: [CPUFeature] = []) {
    self.compatible = compatible
    self.present = present
    self.absent = absent
  }
}
