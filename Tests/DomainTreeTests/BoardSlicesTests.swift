import DeviceTree
import Foundation
import Partition
import TestSupport
import Testing

@Suite("Slices of vendors' trees")
struct BoardSlicesTests {
  /// A board of the package, devices of one domain, and what becomes of its providers.
  struct Slice: Sendable, CustomStringConvertible {
    /// In Debian's kernel package, or what QEMU dumps of a board.
    let file: String
    let devices: [String]
    var firmware: String?
    var rates: [UInt32: UInt64] = [:]
    /// What the checker says of nodes that were copied as the vendor wrote them: node and property.
    var inherited: [String] = []

    var description: String { file }
    /// The file's name without the folder and the ending.
    var name: String { String(file.split(separator: "/").last?.dropLast(4) ?? "") }
  }

  /// The five boards first, then one of each family.
  private static let slices = [
    Slice(
      file: "freescale/imx8mp-evk.dtb", devices: ["serial1", "ethernet0", "mmc2", "i2c0", "/soc@0/gpu@38000000"],
      rates: [252: 24_000_000, 95: 66_000_000, 110: 266_000_000, 277: 400_000_000]),
    Slice(
      file: "xilinx/zynqmp-zcu102-rev1.0.dtb", devices: ["serial0", "ethernet0", "/axi/usb@ff9d0000"],
      firmware: "/firmware/zynqmp-firmware", inherited: ["conf-rx: pins", "conf-tx: pins"]),
    Slice(
      file: "broadcom/bcm2711-rpi-4-b.dtb", devices: ["serial0", "/emmc2bus/mmc@7e340000", "ethernet0", "pcie0"],
      rates: [19: 48_000_000, 20: 250_000_000, 51: 100_000_000]),
    Slice(file: "boards/versal-virt.dtb", devices: ["/uart@ff000000", "/sdhci@f1050000", "/rtc@f12a0000"]),
    Slice(file: "arm/juno-r2.dtb", devices: ["serial0", "/pcie@40000000"]),
    Slice(file: "arm/juno-r1-scmi.dtb", devices: ["serial0"], firmware: "/firmware/scmi"),
    Slice(
      file: "freescale/fsl-ls1028a-rdb.dtb", devices: ["serial0", "/soc/pcie@1f0000000"],
      inherited: [
        "pcie@1f0000000: ethernet@0,0:compatible", "pcie@1f0000000: ethernet@0,1:compatible",
        "pcie@1f0000000: ethernet@0,2:compatible", "pcie@1f0000000: ethernet@0,4:compatible",
        "pcie@1f0000000: ethernet@0,6:compatible", "pcie@1f0000000: mdio@0,3:compatible",
        "pcie@1f0000000: ethernet-switch@0,5:interrupts", "pcie@1f0000000: rcec@1f,0:interrupts",
      ]),
    Slice(
      file: "ti/k3-am625-sk.dtb", devices: ["serial2", "mmc1", "/bus@f0000/bus@48000000/mailbox@4d000000"],
      firmware: "/bus@f0000/system-controller@44043000"),
    Slice(file: "rockchip/rk3399-rockpro64.dtb", devices: ["serial2", "mmc1", "/usb@fe800000"]),
    Slice(file: "rockchip/rk3568-evb1-v10.dtb", devices: ["serial2", "ethernet0"]),
    Slice(file: "allwinner/sun50i-h6-pine-h64.dtb", devices: ["serial0", "ethernet0"]),
    Slice(file: "amlogic/meson-g12b-odroid-n2.dtb", devices: ["serial0", "/soc/sd@ffe05000"]),
    Slice(file: "renesas/r8a774a1-hihope-rzg2m-ex.dtb", devices: ["serial0", "ethernet0"]),
    Slice(file: "nvidia/tegra210-p3450-0000.dtb", devices: ["serial0", "/mmc@700b0000"]),
    Slice(file: "marvell/armada-8040-mcbin.dtb", devices: ["serial0", "/cp0/config-space@f2000000/ethernet@0"]),
  ]

  private func tree(_ slice: Slice) throws -> (board: DeviceTree, domain: DeviceTree) {
    let folder = slice.file.hasPrefix("boards/") ? "" : "cache/device-trees/"
    return try VendorSlice.trees(folder + slice.file, memory: 0x8000_0000, devices: slice.devices) { path in
      if let firmware = slice.firmware, path == firmware || path.hasPrefix(firmware + "/") { return .firmware }
      return .stub(rates: slice.rates)
    }
  }

  @Test("are whole: every reference and interrupt leads somewhere, every register and phandle is one node's")
  func whole() throws {
    for slice in Self.slices {
      let tree = try tree(slice).domain
      #expect(tree.faults.isEmpty, "\(slice)")
      for node in tree.nodes {
        let faults = tree.references(of: node).faults + tree.registers(of: node).faults
        #expect(faults.isEmpty, "\(slice): \(faults.map { "\($0.path) \($0.property) \($0.message)" })")
      }
    }
  }

  @Test("are what the kernel's schema checker accepts, but for what it says of the vendor's own tree as well")
  func schema() throws {
    var blobs: [String: [UInt8]] = [:]
    for slice in Self.slices {
      let trees = try tree(slice)
      blobs["\(slice.name).slice"] = trees.domain.blob
      if !slice.inherited.isEmpty { blobs["\(slice.name).vendor"] = trees.board.blob }
    }
    let messages = try SchemaValidator.messages(on: blobs).split(separator: "\n").map(String.init)
    for slice in Self.slices {
      let vendors = Set(messages.compactMap { Self.message($0, on: slice.name + ".vendor") })
      let own = messages.compactMap { Self.message($0, on: slice.name + ".slice") }
      let unexpected = own.filter { message in !slice.inherited.contains { message.hasPrefix($0) } }
      #expect(unexpected.isEmpty, "\(slice)")
      #expect(Set(own).subtracting(vendors).isEmpty || slice.inherited.isEmpty, "\(slice)")
      let unused = slice.inherited.filter { prefix in !own.contains { $0.hasPrefix(prefix) } }
      #expect(unused.isEmpty, "\(slice)")
    }
    let foreign = messages.filter { !$0.hasPrefix("\tfrom schema") && !$0.contains(".dtb: ") }
    #expect(foreign.isEmpty, "the checker itself fails")
  }

  @Test("keep firmware that answers through a mailbox of the domain's, without its registers and unused parts")
  func mailboxFirmware() throws {
    let slice = try #require(Self.slices.first { $0.name == "k3-am625-sk" })
    let (board, tree) = try tree(slice)
    let original = try #require(board.node(at: "/bus@f0000/system-controller@44043000"))
    #expect(original.has("reg"))
    #expect(board.children(of: original).contains { $0.compatible.contains("ti,sci-reset") })
    let firmware = try #require(tree.node(at: "/system-controller"))
    #expect(!firmware.has("reg"))
    #expect(!firmware.has("reg-names"))
    #expect(tree.children(of: firmware).map(\.name) == ["power-controller", "clock-controller"])
    let mailboxes = tree.references(of: firmware).entries.filter { $0.kind == .mailbox }
    #expect(mailboxes.map(\.specifier) == [[12], [13]])
    #expect(mailboxes.allSatisfy { $0.target.hasSuffix("/mailbox@4d000000") })
    let serial = try #require(tree.resolve("serial2"))
    let clocks = tree.references(of: serial).entries.filter { $0.kind == .clock }
    #expect(clocks.map(\.target) == ["/system-controller/clock-controller"])
    #expect(clocks.map(\.specifier) == [[146, 0]])
  }

  /// What a line of the checker's says of a tree, `NODE: PROPERTY: …`; `nil` if it is about another one.
  private static func message(_ line: String, on tree: String) -> String? {
    line.range(of: "/\(tree).dtb: ").map { String(line[$0.upperBound...]) }
  }
}
