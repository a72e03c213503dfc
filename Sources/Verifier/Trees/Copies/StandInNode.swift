import DeviceTree

/// A node of the domain's own that stands in for a clock or a supply which it does not drive.
enum StandInNode {
  /// What it can stand in for.
  enum Kind {
    case clock, regulator
  }

  /// By its `compatible`; `nil` for any other node.
  static func kind(of node: Node) -> Kind? {
    switch node.compatible {
    case ["fixed-clock"]: .clock
    case ["regulator-fixed"]: .regulator
    default: nil
    }
  }

  /// Longest name of a node (devicetree specification v0.4, 2.2.1).
  private static let nameLimit = 31

  /// What a stand-in for a clock has to be: of a rate that the manifest gives, or of one that the board's tree states
  /// where the manifest says nothing.
  static func clockFaults(_ node: Node, _ reference: BoardReference, _ board: BoardSide) -> [TreeFault] {
    guard let number = reference.clockNumber, let rate = node.property("clock-frequency")?.cell, rate != 0 else {
      return [TreeFault(path: node.path, property: "clock-frequency", message: "is no rate of a known clock")]
    }
    let provider = board.tree.nodes[reference.target]
    var faults: [TreeFault] = []
    if let stated = board.policies.rate(of: reference.target, clock: number) {
      if stated != rate {
        let words = "is \(rate), and the manifest says \(stated) for clock \(number) of \(provider.path)"
        faults.append(TreeFault(path: node.path, property: "clock-frequency", message: words))
      }
    } else if !board.rates.allows(UInt64(rate), provider: reference.target, clock: number) {
      let words =
        "is \(rate), which neither the manifest nor the board's tree says of clock \(number) of \(provider.path)"
      faults.append(TreeFault(path: node.path, property: "clock-frequency", message: words))
    }
    let base = provider.baseName.hasPrefix("clock") ? String(provider.baseName) : "clock-\(provider.baseName)"
    let cells = reference.specifier.map { "-\($0)" }.joined()
    let form = NodeForm { form in
      form.set("compatible", "fixed-clock")
      form.set("#clock-cells", cells: [0])
      form.set("clock-frequency", cells: [rate])
      phandle(of: node, board).map { form.set(phandle: $0) }
    }
    return faults + form.faults(of: node)
      + nameFaults(node, base.prefix(nameLimit - min(cells.utf8.count, 12)) + cells)
  }

  /// What a stand-in for a supply has to be: always on, of the board's voltage where it has one alone.
  static func regulatorFaults(_ node: Node, _ source: Node, _ board: BoardSide) -> [TreeFault] {
    let form = NodeForm { form in
      form.set("compatible", "regulator-fixed")
      form.set(
        source.property("regulator-name") ?? Property(name: "regulator-name", value: Array(source.name.utf8) + [0]))
      if let lowest = source.property("regulator-min-microvolt"),
        let highest = source.property("regulator-max-microvolt"), lowest.value == highest.value
      {
        form.set(lowest)
        form.set(highest)
      }
      form.set(flag: "regulator-always-on")
      phandle(of: node, board).map { form.set(phandle: $0) }
    }
    let base = source.baseName.lowercased()
    let name = (base.hasPrefix("regulator") ? base : "regulator-\(base)").prefix(nameLimit)
    return form.faults(of: node) + nameFaults(node, String(name))
  }

  /// Whether a supply is on before any driver comes, so that one that is always on can stand in for it.
  static func canStandIn(for regulator: Node, _ board: BoardSide) -> Bool {
    board.tree.isEnabled(regulator) && (regulator.has("regulator-always-on") || regulator.has("regulator-boot-on"))
  }

  /// Numbers of the domain's own are none of the board's.
  private static func phandle(of node: Node, _ board: BoardSide) -> UInt32? {
    node.phandle.flatMap { board.tree.node(phandle: $0) == nil ? $0 : nil }
  }

  private static func nameFaults(_ node: Node, _ name: String) -> [TreeFault] {
    guard !NumberedName(node.name, separator: "-", first: 2).candidates.contains(name) else { return [] }
    return [TreeFault(path: node.path, property: "", message: "should have the name \(name)")]
  }
}
