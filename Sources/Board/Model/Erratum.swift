/// A CPU or interconnect erratum that matters at EL2, and what is done about it.
public struct Erratum: Hashable, Sendable {
  /// Its number in the vendor's notice, `835769`.
  public let number: String
  /// What has it: `Cortex-A53 r0p4 and earlier`.
  public let affects: String
  /// What Bulkhead does, or why it has no effect.
  public let measure: String

  /// Makes an entry.
  public init(number: String, affects: String, measure: String) {
    self.number = number
    self.affects = affects
    self.measure = measure
  }
}
