import DeviceTree
import Testing

@testable import DomainTree

@Suite("The flat buses that a domain's devices move to")
struct FlatBusTests {
  @Test("translate DMA addresses as the devices' own buses did, one bus for each way")
  func dmaRanges() throws {
    let (tree, _) = try ProviderBoard.slice(["ethernet0", "/straight/disk@60000000"])
    let ethernet = try #require(tree.resolve("ethernet0"))
    #expect(
      tree.dmaView(of: ethernet)
        == .windows([DMAWindow(address: 0xC000_0000, cpuAddress: 0x4000_0000, size: 0x2000_0000)]))
    let disk = try #require(tree.nodes.first { $0.name == "disk@60000000" })
    #expect(tree.dmaView(of: disk) == .unstated)
    #expect(tree.parent(of: ethernet)?.path != tree.parent(of: disk)?.path)
    #expect(tree.registers(of: ethernet).entries.map(\.address) == [0x5002_0000])
    #expect(tree.registers(of: disk).entries.map(\.address) == [0x6000_0000])
  }

  @Test("keep the Raspberry Pi's DMA addresses, 3 GiB above the CPUs'")
  func raspberryPi() throws {
    let (board, tree) = try VendorSlice.trees(
      "cache/device-trees/broadcom/bcm2711-rpi-4-b.dtb", memory: 0x4000_0000,
      devices: ["/soc/dma@7e007000", "/emmc2bus/mmc@7e340000"])
    let expected = DMAView.windows([DMAWindow(address: 0xC000_0000, cpuAddress: 0, size: 0x4000_0000)])
    for name in ["dma@7e007000", "mmc@7e340000"] {
      let original = try #require(board.nodes.first { $0.name == name })
      #expect(board.dmaView(of: original) == expected)
      let copy = try #require(tree.nodes.first { $0.compatible == original.compatible })
      #expect(tree.dmaView(of: copy) == expected)
    }
  }

  @Test("leave the board's aliases to its devices, and its console with the rate that it is set to")
  func aliases() throws {
    let (tree, _) = try ProviderBoard.slice(["serial1", "serial3"])
    #expect(tree.aliases == ["serial1": "/bus/serial@50010000", "serial3": "/bus/serial@50011000"])
    #expect(tree.node(at: "/chosen")?.property("stdout-path")?.string == "serial3:57600n8")
    #expect(tree.root.compatible == ["test,board", "bulkhead,domain"])
    #expect(tree.root.property("model")?.string == "Test board")
  }

  @Test("leave a console without an alias the first one that is free")
  func consoleAlias() {
    let aliases = Aliases(console: "/serial@1", devices: [("serial0", "/bus/serial@2"), ("serial2", "/bus/serial@3")])
    #expect(aliases.console == "serial1")
    #expect(aliases.node?.property("serial1")?.string == "/serial@1")
    #expect(aliases.node?.property("serial0")?.string == "/bus/serial@2")
    #expect(Aliases(console: nil, devices: []).node == nil)
  }
}
