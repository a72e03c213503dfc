import DeviceTree
import Partition

/// The virtual PL011 and its clock.
struct ConsoleNodes {
  /// The nodes; none without a virtual console.
  let nodes: [TreeNode]
  /// Path of the PL011.
  let path: String?

  /// The clock's rate in hertz: what QEMU's and most boards' PL011 have. Nothing depends on it, there being no line.
  private static let rate: UInt32 = 24_000_000
  /// The clock's name.
  static let clockName = "clock-\(rate)"

  /// Makes the nodes (kernel binding `arm,pl011.yaml`: the clocks uartclk and apb_pclk).
  init(_ domain: DomainPlan, phandles: inout PhandleAllocator) {
    guard let console = domain.console else {
      (nodes, path) = ([], nil)
      return
    }
    let phandle = phandles.next()
    var clock = TreeNode(Self.clockName)
    clock.set("compatible", "fixed-clock")
    clock.set("#clock-cells", cells: [0])
    clock.set("clock-frequency", cells: [Self.rate])
    clock.set(phandle: phandle)
    var serial = TreeNode("serial@\(String(console.base, radix: 16))")
    serial.set("compatible", strings: ["arm,pl011", "arm,primecell"])
    serial.set("reg", numbers: [console.base, 0x1000])
    serial.set("interrupts", cells: GICInterrupt(intid: console.intid, flags: GICInterrupt.levelHigh).cells)
    serial.set("clocks", cells: [phandle, phandle])
    serial.set("clock-names", strings: ["uartclk", "apb_pclk"])
    nodes = [clock, serial]
    path = "/" + serial.name
  }
}
