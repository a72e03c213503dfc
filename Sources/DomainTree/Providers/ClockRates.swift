import DeviceTree
import Partition

/// Rates of clocks whose controller the domain does not drive: the plan's, or the controller's own `clock-frequency`
/// if it makes one clock alone.
struct ClockRates {
  private let treatment: (String) -> ProviderTreatment?
  private let tree: DeviceTree

  /// Takes what the plan says of a provider at a path.
  init(_ tree: DeviceTree, treatment: @escaping (String) -> ProviderTreatment?) {
    self.tree = tree
    self.treatment = treatment
  }

  /// The number that a reference gives its clock, as `ProviderTreatment.stub` counts; `nil` for longer specifiers.
  static func number(of reference: Reference) -> UInt32? {
    let cells = reference.specifier
    switch cells.count {
    case 0: return 0
    case 1: return cells[0]
    case 2: return cells[0] <= 0xFFFF && cells[1] <= 0xFFFF ? cells[0] << 16 | cells[1] : nil
    default: return nil
    }
  }

  /// The rate of a clock in hertz, as far as it is known and fits the one cell of a fixed clock.
  func rate(of reference: Reference) -> UInt32? {
    guard let number = Self.number(of: reference) else { return nil }
    var rate: UInt64?
    if case .stub(let rates) = treatment(reference.target) { rate = rates[number] }
    if rate == nil, reference.specifier.isEmpty {
      rate = tree.node(at: reference.target)?.property("clock-frequency")?.number
    }
    return rate.flatMap { UInt32(exactly: $0) }.flatMap { $0 == 0 ? nil : $0 }
  }
}
