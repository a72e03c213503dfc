import Board
import DeviceTree
import Testing
import TestSupport

@Suite("What can be assigned")
struct ListingTests {
  private func listing(_ file: String) throws -> DeviceListing {
    let tree = try DeviceTree(blob: try Corpus.blob(file))
    return DeviceListing(Board.read(name: "generic", tree: tree, treeFile: file, description: .generic))
  }

  private func conflicts(_ file: String, _ first: String, _ second: String) throws -> [String] {
    try listing(file).conflicts.of(first).filter { $0.first == second || $0.second == second }
      .map(\.resource.description)
  }

  @Test(
    "Pairs of devices that cannot be separated, and what binds them",
    arguments: [
      (
        "freescale/fsl-ls1028a-rdb.dtb", "/soc/serial@21c0500", "/soc/serial@21c0600",
        ["page 0x21c0000", "interrupt 64 (SPI 32)"]
      ),
      (
        "broadcom/bcm2711-rpi-4-b.dtb", "/soc/mmc@7e300000", "/emmc2bus/mmc@7e340000",
        ["interrupt 158 (SPI 126)"]
      ),
      ("arm/juno-r2.dtb", "/usb@7ffb0000", "/usb@7ffc0000", ["stream 0x0 of /iommu@7fb30000"]),
      (
        "qcom/sdm845-db845c.dtb", "/soc@0/geniqup@ac0000/serial@a84000", "/soc@0/geniqup@ac0000/i2c@a88000",
        ["stream 0x6c3 of /soc@0/iommu@15000000"]
      ),
      ("nvidia/tegra210-p3450-0000.dtb", "/i2c@7000c500", "/i2c@7000c700", ["page 0x7000c000"]),
      ("xilinx/zynqmp-zcu102-rev1.1.dtb", "/axi/serial@ff000000", "/axi/serial@ff010000", []),
      ("amd/amd-overdrive-rev-b1.dtb", "/smb/sata@e0300000", "/smb/sata@e0d00000", []),
    ])
  func pairs(file: String, first: String, second: String, expected: [String]) throws {
    #expect(try conflicts(file, first, second) == expected)
  }

  @Test("On qemu-virt the UART stands alone and the virtio transports stand in eights")
  func qemuVirt() throws {
    let listing = DeviceListing(try QEMUVirtTests.board.get())
    let uart = try #require(listing.devices.first { $0.device.path == "/pl011@9000000" })
    #expect(uart.isAssignable && uart.companions.isEmpty && !uart.isUnprotectedMaster)
    let virtio = try #require(listing.devices.first { $0.device.path == "/virtio_mmio@a000200" })
    #expect(virtio.isAssignable && virtio.companions.count == 7 && virtio.isUnprotectedMaster)
    #expect(listing.text.contains("page 0xa000000: also /virtio_mmio@a000000, /virtio_mmio@a000400 and 5 more"))
  }

  @Test("A node needs what the nodes below it need: they come along")
  func subtree() throws {
    let carrier = try listing("arm/vexpress-v2f-1xv7-ca53x2.dtb").devices.first {
      $0.device.path.hasSuffix("/sysreg@10000")
    }
    #expect(try #require(carrier).isUnprotectedMaster, "its GPIO blocks are not known not to start DMA")
    let sdm845 = try listing("qcom/sdm845-db845c.dtb")
    for entry in sdm845.devices where entry.isAssignable {
      let detail = try #require(sdm845.detail(of: entry.device.path))
      #expect(Set(detail.conflicts) == Set(entry.companions), "\(entry.device.path)")
    }
  }

  @Test("SMMUs, disabled nodes, malformed nodes and devices in RAM cannot be assigned, each for its reason")
  func obstacles() throws {
    func obstacles(_ file: String, _ path: String) throws -> [String] {
      try #require(try listing(file).devices.first { $0.device.path == path }).obstacles.map(\.description)
    }
    #expect(try obstacles("arm/juno-r2.dtb", "/iommu@7fb30000") == ["an SMMU belongs to the hypervisor"])
    #expect(
      try obstacles("arm/juno-r2.dtb", "/pmu-a53") == ["/pmu-a53 is the CPUs' performance monitor"])
    #expect(try obstacles("arm/juno-r2.dtb", "/gpu@2d000000") == ["/gpu@2d000000 is disabled in the tree"])
    #expect(
      try obstacles("broadcom/bcm2837-rpi-3-b.dtb", "/soc/serial@7e201000")
        == ["its registers lie in the RAM of /memory@0"])
    #expect(
      try obstacles("ti/k3-am642-evm.dtb", "/bus@f4000/interrupt-controller@a00000")
        == ["its reg entry 0 (0xa00000) lies in no range of /bus@f4000"])
  }

  @Test("A node's detail names what it needs, through pin controllers and expanders too")
  func detail() throws {
    let listing = try listing("ti/k3-j721e-common-proc-board.dtb")
    let detail = try #require(listing.detail(of: "/bus@100000/pcie@2900000"))
    let needs = Set(detail.closure.edges.map(\.to))
    #expect(needs.contains("/bus@100000/scm-conf@100000"))
    #expect(needs.contains("/bus@100000/i2c@2000000/gpio@20"))
    #expect(needs.contains("/bus@100000/i2c@2000000"))
    #expect(detail.device?.device.pciWindows.count == 2)
    #expect(listing.detail(of: "/bus@100000/nothing") == nil)
  }

  @Test("The JSON holds every device once, and its text is the same on every run")
  func json() throws {
    let listing = try listing("arm/juno-r2.dtb")
    let text = listing.json.text
    #expect(text == DeviceListing(listing.board).json.text)
    for entry in listing.devices { #expect(text.contains("\"path\": \"\(entry.device.path)\"")) }
    #expect(listing.detail(of: "/usb@7ffb0000")?.json.text.contains("\"id\": 0") == true)
  }

  @Test("Thousands of devices in one page with one interrupt end in a bounded list of conflicts")
  func identical() throws {
    let nodes = (0..<1000).map { "d@\($0) { reg = <0x9000 0x100>; interrupts = <0 5 4>; };" }
    let tree = try tree(
      """
      #address-cells = <1>; #size-cells = <1>; interrupt-parent = <&gic>;
      gic: gic { compatible = "arm,gic-v3"; reg = <0x0 0x1000>; interrupt-controller; #interrupt-cells = <3>; };
      \(nodes.joined(separator: "\n"))
      """)
    let board = Board.read(name: "generic", tree: tree, treeFile: "identical.dtb", description: .generic)
    let listing = DeviceListing(board)
    #expect(listing.devices.count == 1000)
    #expect(listing.conflicts.all.count >= 20_000)
    #expect(listing.conflicts.all.count <= 40_000)
  }

  @Test("Thousands of devices side by side have no conflict with each other")
  func crowded() throws {
    let count = 4000
    let nodes = (0..<count).map { "d@\($0) { reg = <0x\(String(0x1000 + $0 * 0x1000, radix: 16)) 0x1000>; };" }
    let tree = try tree("#address-cells = <1>; #size-cells = <1>;" + nodes.joined(separator: "\n"))
    let board = Board.read(name: "generic", tree: tree, treeFile: "crowded.dtb", description: .generic)
    let listing = DeviceListing(board)
    #expect(listing.devices.count == count)
    #expect(listing.conflicts.all.isEmpty)
    #expect(listing.devices.allSatisfy { $0.isAssignable })
  }
}
