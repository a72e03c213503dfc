import DeviceTree

/// Rates of clocks that the board's tree itself states, by provider and clock number.
///
/// `assigned-clocks` with `assigned-clock-rates` of whoever refers to the clock (kernel binding `clock-bindings.txt`,
/// “Assigned clock parents and rates”), `clock-frequency` of a node that makes one clock, and that of a serial port
/// with one clock.
struct StatedRates: Sendable {
  private struct Clock: Hashable {
    let provider: Int
    let number: UInt32
  }

  private var rates: [Clock: Set<UInt64>] = [:]

  /// Collects what every node says.
  init(_ sources: [SourceNode]) {
    for source in sources {
      collectAssigned(source)
      collectFrequency(source, sources)
    }
  }

  /// Whether the tree states this rate for a clock.
  func allows(_ rate: UInt64, provider: Int, clock: UInt32) -> Bool {
    rates[Clock(provider: provider, number: clock)]?.contains(rate) ?? false
  }

  private mutating func collectAssigned(_ source: SourceNode) {
    guard let clocks = source.lists["assigned-clocks"],
      let stated = source.node.property("assigned-clock-rates")?.cells
    else { return }
    for clock in clocks where stated.indices.contains(clock.index) && stated[clock.index] != 0 {
      guard let number = clock.clockNumber else { continue }
      rates[Clock(provider: clock.target, number: number), default: []].insert(UInt64(stated[clock.index]))
    }
  }

  private mutating func collectFrequency(_ source: SourceNode, _ sources: [SourceNode]) {
    let clocks = source.lists["clocks"] ?? []
    if ["serial", "uart"].contains(source.node.baseName), clocks.count == 1, let number = clocks[0].clockNumber,
      let rate = source.node.property("clock-frequency")?.number
    {
      rates[Clock(provider: clocks[0].target, number: number), default: []].insert(rate)
    }
    for clock in clocks where clock.specifier.isEmpty {
      guard let rate = sources[clock.target].node.property("clock-frequency")?.number else { continue }
      rates[Clock(provider: clock.target, number: 0), default: []].insert(rate)
    }
  }
}
