import Testing
import DeviceTree

/// A change to a domain's tree that makes it say what is not so, and the claim that has to fail.
struct TreeLie: Sendable, CustomTestStringConvertible {
  let testDescription: String
  let board: String
  let domain: String
  /// The claim that is there for it; others may fail as well.
  let rule: String
  let edit: @Sendable (inout TreeNode) throws -> Void

  init(
    _ description: String, _ rule: String, on board: String = "qemu-virt", of domain: String = "infotainment",
    _ edit: @escaping @Sendable (inout TreeNode) throws -> Void
  ) {
    testDescription = description
    self.board = board
    self.domain = domain
    self.rule = rule
    self.edit = edit
  }

  static let all = nodes + processors + memory + hardware + channels + boot + devices + properties + standIns

  private static let nodes = [
    TreeLie("a node too many", "BH-VER-051") { $0.children.append(TreeNode("watchdog@9050000")) },
    TreeLie("a node too many on the bus", "BH-VER-051") { root in
      try root.edit("bus") { $0.children.append(TreeNode("pl031@9010000")) }
    },
    TreeLie("a node below a device", "BH-VER-051") { root in
      try root.edit("bus/pl061@9030000") { $0.children.append(TreeNode("key")) }
    },
    TreeLie("a device gone", "BH-VER-051") { root in try root.edit("bus") { $0.children = [] } },
    TreeLie("a device under another name", "BH-VER-051") { root in
      try root.edit("bus/pl061@9030000") { $0.name = "pl061@9030000,1" }
    },
    TreeLie("another model", "BH-VER-051") { $0.set("model", "linux,dummy-virtue") },
    TreeLie("no psci", "BH-VER-051") { $0.drop("psci") },
    TreeLie("another way to start CPUs", "BH-VER-051") { try $0.edit("psci") { $0.set("method", "smc") } },
    TreeLie("a bus that translates DMA", "BH-VER-051") { root in
      try root.edit("bus") { $0.set("dma-ranges", numbers: [0, 0, 0x4000_0000]) }
    },
    TreeLie("DMA windows of another size", "BH-VER-051", on: "rpi4") { root in
      try root.edit("dma-bus") { $0.set("dma-ranges", numbers: [0xC000_0000, 0, 0x8000_0000]) }
    },
    TreeLie("a device on the bus with other DMA addresses", "BH-VER-051", on: "rpi4") { root in
      guard let bus = root.children.first(where: { $0.name == "dma-bus" }) else { return }
      root.drop("dma-bus")
      try root.edit("bus") { $0.children += bus.children }
    },
    TreeLie("a second node of one phandle", "BH-VER-051") { root in
      try root.edit("cpus/cpu@2") { $0.set(phandle: 1) }
    },
  ]

  private static let processors = [
    TreeLie("a CPU too many", "BH-VER-051") { root in
      try root.edit("cpus") { cpus in
        var fourth = cpus.children[2]
        fourth.name = "cpu@3"
        fourth.remove("phandle")
        cpus.children.append(fourth)
      }
    },
    TreeLie("a CPU too few", "BH-VER-052") { try $0.edit("cpus") { $0.drop("cpu@1") } },
    TreeLie("a CPU of another number", "BH-VER-052") { try $0.edit("cpus/cpu@1") { $0.set("reg", cells: [7]) } },
    TreeLie("a CPU of another type", "BH-VER-052") { root in
      try root.edit("cpus/cpu@0") { $0.set("compatible", "arm,cortex-a72") }
    },
    TreeLie("a CPU that spins", "BH-VER-052") { root in
      try root.edit("cpus/cpu@0") { $0.set("enable-method", "spin-table") }
    },
    TreeLie("a larger cache", "BH-VER-052", on: "imx8mp-evk") { root in
      try root.edit("cpus/l2-cache0") { $0.set("cache-size", cells: [0x10_0000]) }
    },
  ]

  private static let memory = [
    TreeLie("twice the memory", "BH-VER-053") { root in
      try root.edit("memory@80000000") { $0.set("reg", numbers: [0x8000_0000, 0x8000_0000]) }
    },
    TreeLie("a page less memory", "BH-VER-053") { root in
      try root.edit("memory@80000000") { $0.set("reg", numbers: [0x8000_0000, 0x3FFF_F000]) }
    },
    TreeLie("memory elsewhere", "BH-VER-053") { root in
      try root.edit("memory@80000000") { memory in
        memory.name = "memory@40000000"
        memory.set("reg", numbers: [0x4000_0000, 0x4000_0000])
      }
    },
    TreeLie("no memory", "BH-VER-053") { $0.drop("memory@80000000") },
    TreeLie("memory in two halves", "BH-VER-053") { root in
      root.drop("memory@80000000")
      for base in [0x8000_0000, 0xA000_0000] as [UInt64] {
        var half = TreeNode("memory@\(String(base, radix: 16))")
        half.set("device_type", "memory")
        half.set("reg", numbers: [base, 0x2000_0000])
        root.children.append(half)
      }
    },
    TreeLie("memory as something else", "BH-VER-051") { root in
      try root.edit("memory@80000000") { $0.set("device_type", "memorz") }
    },
  ]

  private static let hardware = [
    TreeLie("a redistributor too many", "BH-VER-054") { root in
      try root.edit("interrupt-controller@8000000") {
        $0.set("reg", numbers: [0x800_0000, 0x1_0000, 0x80A_0000, 0x8_0000])
      }
    },
    TreeLie("another CPU interface", "BH-VER-054", on: "qemu-virt-gicv2") { root in
      try root.edit("interrupt-controller@8000000") {
        $0.set("reg", numbers: [0x800_0000, 0x1000, 0x803_0000, 0x2000])
      }
    },
    TreeLie("a GIC of another version", "BH-VER-054") { root in
      try root.edit("interrupt-controller@8000000") { $0.set("compatible", "arm,gic-v4") }
    },
    TreeLie("another timer interrupt", "BH-VER-054") { root in
      try root.edit("timer") { $0.set("interrupts", cells: [1, 13, 4, 1, 14, 4, 1, 12, 4, 1, 10, 4]) }
    },
    TreeLie("a timer of another rate", "BH-VER-054", on: "imx8mp-evk") { root in
      try root.edit("timer") { $0.set("clock-frequency", cells: [8_000_001]) }
    },
    TreeLie("another console interrupt", "BH-VER-054") { root in
      try root.edit("serial@9000000") { $0.set("interrupts", cells: [0, 2, 4]) }
    },
    TreeLie("a console of another rate", "BH-VER-054") { root in
      try root.edit("clock-24000000") { $0.set("clock-frequency", cells: [48_000_000]) }
    },
    TreeLie("no console", "BH-VER-051") { $0.drop("serial@9000000") },
  ]

  private static let channels = [
    TreeLie("a reader that writes", "BH-VER-055") { root in
      try root.edit("channel@40001000") { $0.set("bulkhead,role", "writer") }
    },
    TreeLie("a larger channel", "BH-VER-055") { root in
      try root.edit("channel@40001000") { $0.set("reg", numbers: [0x4000_1000, 0x2000]) }
    },
    TreeLie("a channel of another name", "BH-VER-055") { root in
      try root.edit("channel@40001000") { $0.set("label", "telemetri") }
    },
    TreeLie("no channel", "BH-VER-055") { $0.drop("channel@40001000") },
  ]

  private static let boot = [
    TreeLie("another command line", "BH-VER-056") { root in
      try root.edit("chosen") { $0.set("bootargs", "console=ttyAMA0 init=/bin/sh") }
    },
    TreeLie("a RAM disk with a byte more", "BH-VER-056") { root in
      try root.edit("chosen") { chosen in
        guard let end = chosen.property("linux,initrd-end")?.number else { return }
        chosen.set("linux,initrd-end", numbers: [end + 1])
      }
    },
    TreeLie("no RAM disk", "BH-VER-056") { root in
      try root.edit("chosen") { chosen in
        chosen.remove("linux,initrd-start")
        chosen.remove("linux,initrd-end")
      }
    },
    TreeLie("another console", "BH-VER-056") { root in
      try root.edit("chosen") { $0.set("stdout-path", "serial1:115200n8") }
    },
    TreeLie("an alias that leads elsewhere", "BH-VER-056") { root in
      try root.edit("aliases") { $0.set("serial0", "/bus/pl061@9030000") }
    },
    TreeLie("an alias too many", "BH-VER-056") { root in
      try root.edit("aliases") { $0.set("serial1", "/serial@9000000") }
    },
    TreeLie("a device without the board's alias", "BH-VER-056", on: "imx8mp-evk") { root in
      try root.edit("aliases") { $0.remove("mmc1") }
    },
  ]

  private static let devices = [
    TreeLie("registers a page further", "BH-VER-057") { root in
      try root.edit("bus/pl061@9030000") { $0.set("reg", numbers: [0x903_1000, 0x1000]) }
    },
    TreeLie("more registers", "BH-VER-057") { root in
      try root.edit("bus/pl061@9030000") { $0.set("reg", numbers: [0x903_0000, 0x2000]) }
    },
    TreeLie("registers of two ranges", "BH-VER-057") { root in
      try root.edit("bus/pl061@9030000") { $0.set("reg", numbers: [0x903_0000, 0x1000, 0x901_0000, 0x1000]) }
    },
    TreeLie("another interrupt", "BH-VER-058") { root in
      try root.edit("bus/pl061@9030000") { $0.set("interrupts", cells: [0, 8, 4]) }
    },
    TreeLie("another trigger", "BH-VER-058") { root in
      try root.edit("bus/pl061@9030000") { $0.set("interrupts", cells: [0, 7, 1]) }
    },
    TreeLie("no interrupt", "BH-VER-058") { root in
      try root.edit("bus/pl061@9030000") { gpio in
        gpio.remove("interrupts")
        gpio.remove("interrupt-parent")
      }
    },
  ]

  private static let properties = [
    TreeLie("a property that differs from the board's", "BH-VER-059") { root in
      try root.edit("bus/pl061@9030000") { $0.set("#gpio-cells", cells: [3]) }
    },
    TreeLie("a property that the board does not have", "BH-VER-059") { root in
      try root.edit("bus/pl061@9030000") { $0.set(flag: "wakeup-source") }
    },
    TreeLie("a property gone without a reason", "BH-VER-059") { root in
      try root.edit("bus/pl061@9030000") { $0.remove("gpio-controller") }
    },
    TreeLie("a property of the board's that has to go", "BH-VER-059", on: "imx8mp-evk") { root in
      try root.edit("bus/mmc@30b50000") { $0.set("status", "disabled") }
    },
    TreeLie("a level of voltage of a board's own regulator", "BH-VER-059", on: "rpi4") { root in
      try root.edit("regulator-sd_vcc_reg") { $0.set("regulator-min-microvolt", cells: [5_000_000]) }
    },
    TreeLie("an interrupt parent that only leads on to the right one", "BH-VER-059") { root in
      try root.edit("bus/pl061@9030000") { gpio in
        if let clock = gpio.property("clocks")?.cell { gpio.set("interrupt-parent", cells: [clock]) }
      }
    },
    TreeLie("names that do not fit", "BH-VER-059") { root in
      try root.edit("bus/pl061@9030000") { $0.set(Property(name: "clock-names", value: Array("apb_pclk".utf8) + [1])) }
    },
    TreeLie("a reference gone", "BH-VER-059") { root in
      try root.edit("bus/pl061@9030000") { gpio in
        gpio.remove("clocks")
        gpio.remove("clock-names")
      }
    },
  ]

  private static let standIns = [
    TreeLie("a clock of another rate than the manifest says", "BH-VER-059", on: "imx8mp-evk") { root in
      try root.edit("clock-controller-252") { $0.set("clock-frequency", cells: [48_000_000]) }
    },
    TreeLie("the clock of another device", "BH-VER-059", on: "imx8mp-evk") { root in
      let rate = root.children.first { $0.name == "clock-controller-110" }?.property("phandle")
      try root.edit("bus/mmc@30b50000") { mmc in
        guard let first = rate?.cell, var clocks = mmc.property("clocks")?.cells else { return }
        clocks[1] = first
        mmc.set("clocks", cells: clocks)
      }
    },
    TreeLie("a clock under the name of another", "BH-VER-059", on: "imx8mp-evk") { root in
      try root.edit("clock-controller-252") { $0.name = "clock-controller-253" }
    },
    TreeLie("a clock that nothing refers to", "BH-VER-059", on: "imx8mp-evk") { root in
      guard var clock = root.children.first(where: { $0.name == "clock-controller-252" }) else { return }
      clock.name = "clock-controller-77"
      clock.set(phandle: 0x7000)
      root.children.append(clock)
    },
    TreeLie("a fixed clock of the board's of another rate", "BH-VER-059") { root in
      try root.edit("apb-pclk") { $0.set("clock-frequency", cells: [12_000_000]) }
    },
  ]
}
