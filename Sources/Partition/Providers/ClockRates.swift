import DeviceTree
import Manifest

/// Finds the rates at which clocks stay that nobody drives any more.
struct ClockRates {
  private let tree: DeviceTree

  init(_ tree: DeviceTree) { self.tree = tree }

  /// Rates in hertz by clock number (`ProviderPlan.clockNumber`): what the manifest's entry says; where it says nothing,
  /// the `assigned-clock-rates` of those who refer to the provider and of the provider itself, the `clock-frequency` of a
  /// provider of one clock, and that of a serial port with one clock. A number with two different rates has none.
  func rates(of path: String, for users: [ProviderUse], entry: ProviderPolicies.Entry?) -> [UInt32: UInt64] {
    var found: [UInt32: Set<UInt64>] = [:]
    for node in ([path] + users.map(\.reference.from)).reduce(
      into: [String](), { if !$0.contains($1) { $0.append($1) } })
    {
      for (number, rate) in assigned(by: node, of: path) { found[number, default: []].insert(rate) }
    }
    var rates = found.compactMapValues { $0.count == 1 ? $0.first : nil }
    for (number, rate) in stated(by: path, users) where found[number] == nil { rates[number] = rate }
    for rate in entry?.declaration.rates ?? [] where applies(entry, to: path) {
      rates[rate.value.clock] = rate.value.hertz
    }
    return rates
  }

  /// An entry's rates are those of its own node, or of the nodes below it if that has no clocks itself.
  private func applies(_ entry: ProviderPolicies.Entry?, to path: String) -> Bool {
    guard let entry, let node = tree.node(at: entry.path) else { return false }
    return entry.path == path || !node.has("#clock-cells")
  }

  /// `assigned-clocks` with `assigned-clock-rates` of a node (clock bindings, “Assigned clock parents and rates”); a
  /// rate of 0 leaves a clock alone.
  private func assigned(by path: String, of provider: String) -> [(UInt32, UInt64)] {
    guard let node = tree.node(at: path), let rates = node.property("assigned-clock-rates")?.cells else { return [] }
    return tree.references(of: node).entries.compactMap { reference in
      guard reference.property == "assigned-clocks", reference.target == provider,
        rates.indices.contains(reference.index),
        rates[reference.index] != 0
      else { return nil }
      return (ProviderPlan.clockNumber(reference.specifier), UInt64(rates[reference.index]))
    }
  }

  /// What a provider of one clock, or a serial port with one clock, says of its frequency.
  private func stated(by path: String, _ users: [ProviderUse]) -> [UInt32: UInt64] {
    guard let node = tree.node(at: path) else { return [:] }
    if node.property("#clock-cells")?.cell == 0, let rate = frequency(of: node) { return [0: rate] }
    var found: [UInt32: Set<UInt64>] = [:]
    for use in users where use.reference.property == "clocks" {
      guard let user = tree.node(at: use.reference.from), ["serial", "uart"].contains(user.baseName),
        let rate = frequency(of: user),
        tree.references(of: user).entries.filter({ $0.property == "clocks" }).count == 1
      else { continue }
      found[ProviderPlan.clockNumber(use.reference.specifier), default: []].insert(rate)
    }
    return found.compactMapValues { $0.count == 1 ? $0.first : nil }
  }

  private func frequency(of node: Node) -> UInt64? {
    node.property("clock-frequency")?.number.flatMap { $0 == 0 ? nil : $0 }
  }
}
