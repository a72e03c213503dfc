import Board
import DeviceTree
import Testing
import TestSupport

@Suite("DMA addresses and PCI requester ids")
struct DMAReadingTests {
  @Test("Non-identity dma-ranges are read; empty and identical ones change nothing")
  func windows() throws {
    let board = try ClosureTests.board(
      root: """
        #address-cells = <2>; #size-cells = <1>;
        soc { #address-cells = <1>; #size-cells = <1>; ranges = <0x7e000000 0 0xfe000000 0x1000000>;
          dma-ranges = <0xc0000000 0 0 0x40000000>;
          a@7e001000 { compatible = "v,a"; reg = <0x7e001000 0x1000>; };
          inner { #address-cells = <1>; #size-cells = <1>; ranges; dma-ranges;
            b@7e002000 { compatible = "v,b"; reg = <0x7e002000 0x1000>; }; };
        };
        flat { #address-cells = <2>; #size-cells = <1>; ranges; dma-ranges = <0 0x1000 0 0x1000 0x1000>;
          c@9000 { compatible = "v,c"; reg = <0 0x9000 0x1000>; }; };
        broken { #address-cells = <1>; #size-cells = <1>; ranges = <0 0 0 0x20000>; dma-ranges = <1 2>;
          d@a000 { compatible = "v,d"; reg = <0xa000 0x1000>; }; };
        """)
    for path in ["/soc/a@7e001000", "/soc/inner/b@7e002000"] {
      let window = try #require(board.device(at: path)?.dmaWindows.first)
      #expect(window.address == 0xc000_0000 && window.cpuAddress == 0 && window.size == 0x4000_0000)
    }
    #expect(board.device(at: "/flat/c@9000")?.dmaWindows.isEmpty == true)
    #expect(board.faults.contains { $0.path == "/broken" && $0.property == "dma-ranges" })
    let text = try #require(DeviceListing(board).detail(of: "/soc/a@7e001000")).text
    #expect(text.contains("0xc0000000, 1 GiB, is the CPUs' 0x0"))
  }

  @Test("iommu-map-mask leaves only the streams of the requesters that it lets through")
  func mask() throws {
    func streams(_ mask: String) throws -> [[UInt32]] {
      let board = try ClosureTests.board(
        root: """
          #address-cells = <2>; #size-cells = <2>;
          smmu: iommu@1000 { compatible = "arm,smmu-v3"; reg = <0 0x1000 0 0x1000>; #iommu-cells = <1>; };
          pcie@40000000 { device_type = "pci"; compatible = "v,pci"; #address-cells = <3>; #size-cells = <2>;
            reg = <0 0x40000000 0 0x1000>; iommu-map = <0 &smmu 0x100 0x10000>; \(mask) };
          """)
      return try #require(board.device(at: "/pcie@40000000")).streams.map { [$0.stream, $0.mask] }
    }
    #expect(try streams("iommu-map-mask = <0>;") == [[0x100, 0]])
    #expect(try streams("iommu-map-mask = <0x9>;") == [[0x100, 0], [0x101, 0], [0x108, 0], [0x109, 0]])
    #expect(try streams("").count > 4)
    #expect(try streams("iommu-map-mask = <0xffff>;") == streams(""))
  }

  @Test("The lines of a PCI host's slots belong to the host")
  func slots() throws {
    let board = try ClosureTests.board("qcom/sdm845-db845c.dtb")
    let hosts = board.devices.filter { device in
      board.tree.node(at: device.path).map { board.tree.isPCIHost($0) && $0.has("interrupt-map") } ?? false
    }
    #expect(!hosts.isEmpty)
    for host in hosts {
      #expect(host.interrupts.count { $0.via.first == host.path } == 4, "\(host.path)")
    }
  }
}
