import DeviceTree

/// The root and `/psci`.
enum FrameNodes {
  /// The root: the board's own model and `compatible`, with `bulkhead,domain` last.
  static func root(_ match: TreeMatch) -> NodeForm {
    let board = match.board.board
    return NodeForm { root in
      root.set("model", board.tree.root.property("model")?.string ?? board.name)
      root.set("compatible", strings: board.tree.root.compatible + ["bulkhead,domain"])
      root.set("#address-cells", cells: [2])
      root.set("#size-cells", cells: [2])
      root.set("interrupt-parent", cells: [match.controller?.phandle ?? 0])
    }
  }

  /// PSCI 1.0 and 0.2 (Arm DEN 0022) by HVC, which the runtime answers.
  static let processorStart = NodeForm { node in
    node.set("compatible", strings: ["arm,psci-1.0", "arm,psci-0.2"])
    node.set("method", "hvc")
  }

  /// `/cpus` itself: numbers of one cell.
  static let processors = NodeForm { node in
    node.set("#address-cells", cells: [1])
    node.set("#size-cells", cells: [0])
  }

  /// A node that only groups others with addresses of the CPUs.
  static let addressGroup = NodeForm { node in
    node.set("#address-cells", cells: [2])
    node.set("#size-cells", cells: [2])
    node.set(flag: "ranges")
  }
}
