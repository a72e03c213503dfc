/// The value that a domain sees in an identification register.
public struct IdentificationReading: Hashable, Sendable {
  /// CRm * 8 + op2 of S3_0_C0_C<CRm>_<op2>.
  public let register: Int
  /// What the domain reads.
  public let value: UInt64
}
