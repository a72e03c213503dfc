/// What becomes of a domain's references to a provider of clocks, resets, power, pins or regulators.
public enum ProviderTreatment: Hashable, Sendable {
  /// The domain drives it: it is among its devices, and references stay.
  case driven
  /// The boot loader left it, or another domain drives it: clocks become fixed ones, whatever else leads there is left
  /// out. Rates in hertz by clock number: 0 where a reference has no cells, the cell where it has one, and the first
  /// cell times 65,536 plus the second where it has two.
  case stub(rates: [UInt32: UInt64])
  /// Firmware serves it: its nodes are copied, and references stay.
  case firmware
}
