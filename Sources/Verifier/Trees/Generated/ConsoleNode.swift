import DeviceTree

/// The virtual PL011 and its clock (kernel binding `arm,pl011.yaml`).
enum ConsoleNode {
  /// The clock's rate in hertz and its node's name. Nothing depends on it, there being no line.
  private static let rate: UInt32 = 24_000_000
  static let clockName = "clock-24000000"
  /// Bytes of a PL011's registers (Arm DDI 0183, 3.2).
  private static let size: UInt64 = 0x1000

  /// The PL011's name by the record.
  static func name(_ record: DomainReading) -> String { "serial@\(String(record.consoleBase, radix: 16))" }

  /// The clock; its phandle is none of the board's.
  static func clock(_ node: Node, _ match: TreeMatch) -> [TreeFault] {
    NodeForm { form in
      form.set("compatible", "fixed-clock")
      form.set("#clock-cells", cells: [0])
      form.set("clock-frequency", cells: [rate])
      if let phandle = node.phandle, match.board.tree.node(phandle: phandle) == nil { form.set(phandle: phandle) }
    }.faults(of: node)
  }

  /// The PL011 where the record puts it, with its interrupt, level sensitive, and its two clocks.
  static func console(_ record: DomainReading, _ match: TreeMatch) -> NodeForm {
    let clock = match.tree.node(at: "/" + clockName)?.phandle ?? 0
    return NodeForm { form in
      form.set("compatible", strings: ["arm,pl011", "arm,primecell"])
      form.set("reg", numbers: [record.consoleBase, size])
      form.set("interrupts", cells: InterruptCells.level(record.consoleINTID))
      form.set("clocks", cells: [clock, clock])
      form.set("clock-names", strings: ["uartclk", "apb_pclk"])
    }
  }
}
