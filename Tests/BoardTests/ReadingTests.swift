import Board
import DeviceTree
import Ownership
import Testing

@Suite("Trees as boards")
struct ReadingTests {
  private func board(_ body: String) throws -> Board {
    Board.read(
      name: "generic", tree: try tree("#address-cells = <2>; #size-cells = <2>;\n" + body), treeFile: "test.dtb",
      description: .generic)
  }

  private func range(_ base: UInt64, _ size: UInt64) -> AddressRange? { AddressRange(base: base, size: size) }

  @Test("CPUs in tree order with affinities of one and two cells; what cannot run is not enabled")
  func cpus() throws {
    let board = try board(
      """
      cpus { #address-cells = <2>; #size-cells = <0>;
        b: cpu@100 { device_type = "cpu"; reg = <0x0 0x100>; compatible = "arm,cortex-a72"; };
        cpu@1,0 { device_type = "cpu"; reg = <0x1 0x0>; enable-method = "spin-table"; cpu-release-addr = <1 0xd8>; };
        cpu@101 { device_type = "cpu"; reg = <0x0 0x101>; status = "disabled"; };
        cpu@x { device_type = "cpu"; };
        cpu@y { device_type = "cpu"; reg = <0x0 0x100>; };
        l2-cache { compatible = "cache"; };
      };
      """)
    #expect(board.cpus.map(\.affinity) == [0x100, 0x1_0000_0000, 0x101, 0, 0x100])
    #expect(board.cpus.map(\.index) == [0, 1, 2, 3, 4])
    #expect(board.cpus.map(\.isEnabled) == [true, true, false, false, true])
    #expect(board.cpus.map(\.enableMethod) == [nil, "spin-table", nil, nil, nil])
    #expect(board.firmware == .spinTable)
    #expect(board.faults.map(\.path) == ["/cpus/cpu@x", "/cpus/cpu@y"])
  }

  @Test("CPUs of a spin table wait at a 64-bit word, whose page nobody gets; a malformed address is a fault")
  func spinTable() throws {
    let board = try board(
      """
      cpus { #address-cells = <1>; #size-cells = <0>;
        cpu@0 { device_type = "cpu"; reg = <0>; enable-method = "spin-table"; cpu-release-addr = <0 0xd8>; };
        cpu@1 { device_type = "cpu"; reg = <1>; enable-method = "spin-table"; cpu-release-addr = <0 0x20ff8>; };
        cpu@2 { device_type = "cpu"; reg = <2>; enable-method = "spin-table"; cpu-release-addr = <0xd8>; };
        cpu@3 { device_type = "cpu"; reg = <3>; enable-method = "spin-table"; cpu-release-addr = <0 0xdc>; };
        cpu@4 { device_type = "cpu"; reg = <4>; enable-method = "spin-table"; cpu-release-addr = <0 0>; };
        cpu@5 { device_type = "cpu"; reg = <5>; enable-method = "spin-table"; };
        cpu@6 { device_type = "cpu"; reg = <6>; enable-method = "psci"; cpu-release-addr = <1>; };
        cpu@7 { device_type = "cpu"; reg = <7>; enable-method = "spin-table"; cpu-release-addr = <0 0x20000>; };
      };
      reserved-memory { #address-cells = <2>; #size-cells = <2>; ranges; stub@0 { reg = <0 0 0 0x2000>; }; };
      """)
    #expect(board.cpus.map(\.releaseAddress) == [0xd8, 0x2_0ff8, nil, nil, nil, nil, nil, 0x2_0000])
    #expect(board.faults.map(\.path) == (2...5).map { "/cpus/cpu@\($0)" })
    #expect(board.faults.allSatisfy { $0.property == "cpu-release-addr" })
    #expect(board.reservedMemory.map(\.path) == ["/reserved-memory/stub@0", "/cpus/cpu@1"])
    #expect(board.reservedMemory.map(\.range) == [range(0, 0x2000), range(0x2_0000, 0x1000)])
  }

  @Test("Memory in address order, without empty and disabled nodes; reservations of every kind")
  func memory() throws {
    let board = try board(
      """
      memory@80000000 { device_type = "memory"; reg = <0x8 0x0 0x0 0x1000>, <0x0 0x80000000 0x0 0x1000>; };
      memory@0 { device_type = "memory"; reg = <0x0 0x0 0x0 0x0>; };
      memory@1 { device_type = "memory"; reg = <0x1 0x0 0x0 0x1000>; status = "disabled"; };
      reserved-memory { #address-cells = <2>; #size-cells = <2>; ranges;
        a@1000 { reg = <0x0 0x1000 0x0 0x1000>, <0x0 0x5000 0x0 0x1000>; no-map; };
        pool { size = <0x0 0x100000>; reusable; };
        off@9000 { reg = <0x0 0x9000 0x0 0x1000>; status = "disabled"; };
      };
      """)
    #expect(board.memory.map(\.range.base) == [0x8000_0000, 0x8_0000_0000])
    #expect(
      board.reservedMemory.map(\.path)
        == ["/reserved-memory/a@1000", "/reserved-memory/a@1000", "/reserved-memory/pool"])
    #expect(board.reservedMemory.map(\.range) == [range(0x1000, 0x1000), range(0x5000, 0x1000), nil])
    #expect(board.reservedMemory.map(\.isNoMap) == [true, true, false])
    #expect(board.reservedMemory.map(\.isReusable) == [false, false, true])
    #expect(board.devices.isEmpty)
  }

  @Test("A GICv2 with its four windows and message frames that stand beside it")
  func version2() throws {
    let board = try board(
      """
      interrupt-parent = <&gic>;
      gic: gic@1000 { compatible = "arm,gic-400"; interrupt-controller; #interrupt-cells = <3>; interrupts = <1 9 0xf04>;
        reg = <0x0 0x1000 0x0 0x1000>, <0x0 0x2000 0x0 0x2000>, <0x0 0x4000 0x0 0x2000>, <0x0 0x6000 0x0 0x2000>; };
      msi@9000 { compatible = "arm,gic-v2m-frame"; reg = <0x0 0x9000 0x0 0x1000>; msi-controller; };
      """)
    let gic = try #require(board.interruptController)
    #expect(gic.version == .two)
    #expect(gic.distributor == range(0x1000, 0x1000))
    #expect(gic.cpuInterface == range(0x2000, 0x2000))
    #expect(gic.hypervisorInterface == range(0x4000, 0x2000))
    #expect(gic.virtualCPUInterface == range(0x6000, 0x2000))
    #expect(gic.redistributors.isEmpty)
    #expect(gic.maintenanceINTID == 25)
    #expect(gic.paths == ["/gic@1000", "/msi@9000"])
    #expect(gic.windows.contains { $0.base == 0x9000 })
    #expect(board.devices.isEmpty)
  }

  @Test("A GICv3 with several redistributor regions, a stride, and compatibility windows behind them")
  func version3() throws {
    let board = try board(
      """
      gic: gic@0 { compatible = "arm,gic-v3"; interrupt-controller; #interrupt-cells = <3>;
        #redistributor-regions = <2>; redistributor-stride = <0x0 0x40000>;
        reg = <0x0 0x10000 0x0 0x10000>, <0x0 0x100000 0x0 0x80000>, <0x0 0x200000 0x0 0x80000>,
          <0x0 0x300000 0x0 0x2000>; };
      """)
    let gic = try #require(board.interruptController)
    #expect(gic.version == .three)
    #expect(gic.redistributors.map(\.base) == [0x10_0000, 0x20_0000])
    #expect(gic.redistributorStride == 0x40000)
    #expect(gic.cpuInterface == range(0x30_0000, 0x2000))
    #expect(gic.maintenanceINTID == nil)
  }

  @Test("A disabled GIC, and one without registers, are none")
  func noGIC() throws {
    let bodies = ["status = \"disabled\"; reg = <0x0 0x0 0x0 0x1000>;", "", "reg = <0x0 0x0>;"]
    for body in bodies {
      let board = try board("gic@0 { compatible = \"arm,gic-v3\"; interrupt-controller; \(body) };")
      #expect(board.interruptController == nil)
      #expect(board.findings.first?.rule.rawValue == "BH-DT-003")
    }
  }

  @Test("The timer's interrupts by their order, or by their names where it has names")
  func timer() throws {
    let gic = "gic: gic { compatible = \"arm,gic-v3\"; interrupt-controller; #interrupt-cells = <3>; };"
    let ordered = try board(
      """
      \(gic) timer { compatible = "arm,armv8-timer"; interrupt-parent = <&gic>; clock-frequency = <62500000>;
        interrupts = <1 13 4>, <1 14 4>, <1 11 4>, <1 10 4>; };
      """)
    #expect(ordered.timer?.securePhysical == 29)
    #expect(ordered.timer?.physical == 30)
    #expect(ordered.timer?.virtual == 27)
    #expect(ordered.timer?.hypervisor == 26)
    #expect(ordered.timer?.frequency == 62_500_000)
    let named = try board(
      """
      \(gic) timer { compatible = "arm,armv8-timer"; interrupt-parent = <&gic>;
        interrupts = <1 14 4>, <1 11 4>; interrupt-names = "phys", "virt"; };
      """)
    #expect(named.timer?.physical == 30)
    #expect(named.timer?.virtual == 27)
    #expect(named.timer?.hypervisor == nil)
  }

  @Test("Streams: own, with masks, of a wrapper, as blocks of a map, and on an SMMU that is disabled")
  func streams() throws {
    let board = try board(
      """
      one: iommu@1000 { compatible = "arm,mmu-500"; reg = <0x0 0x1000 0x0 0x1000>; #iommu-cells = <1>;
        stream-match-mask = <0x7c00>; };
      two: iommu@2000 { compatible = "arm,smmu-v2"; reg = <0x0 0x2000 0x0 0x1000>; #iommu-cells = <2>;
        status = "disabled"; };
      three: iommu@3000 { compatible = "arm,smmu-v3"; reg = <0x0 0x3000 0x0 0x1000>; #iommu-cells = <1>; };
      private: iommu@4000 { compatible = "rockchip,iommu"; reg = <0x0 0x4000 0x0 0x100>; #iommu-cells = <0>; };
      a@5000 { reg = <0x0 0x5000 0x0 0x100>; iommus = <&one 3>, <&two 4 0xff>; };
      w@6000 { reg = <0x0 0x6000 0x0 0x100>; iommus = <&three 9>; #address-cells = <2>; #size-cells = <2>; ranges;
        child@6100 { reg = <0x0 0x6100 0x0 0x100>; };
        uart@6200 { compatible = "arm,pl011"; reg = <0x0 0x6200 0x0 0x100>; }; };
      p@7000 { reg = <0x0 0x7000 0x0 0x100>; iommu-map = <0x0 &three 0x10 0x18>; };
      v@8000 { reg = <0x0 0x8000 0x0 0x100>; iommus = <&private>; };
      """)
    func streams(_ path: String) -> [DMAStream] { board.device(at: path)?.streams ?? [] }
    #expect(board.smmus.map(\.path) == ["/iommu@1000", "/iommu@2000", "/iommu@3000"])
    #expect(board.smmus.map(\.version) == [.two, .two, .three])
    #expect(board.smmus.map(\.isEnabled) == [true, false, true])
    #expect(streams("/a@5000").map(\.stream) == [3, 4])
    #expect(streams("/a@5000").map(\.mask) == [0x7c00, 0xff])
    #expect(streams("/a@5000").map(\.isLive) == [true, false])
    #expect(streams("/w@6000/child@6100").map(\.stream) == [9])
    #expect(streams("/w@6000/child@6100").map(\.source) == ["/w@6000"])
    #expect(streams("/w@6000/uart@6200").isEmpty)
    #expect(streams("/p@7000").map(\.stream) == [0x10, 0x20])
    #expect(streams("/p@7000").map(\.mask) == [0xf, 0x7])
    #expect(streams("/v@8000").isEmpty)
    #expect(board.device(at: "/v@8000")?.isDMAMaster == true)
  }

  @Test("Firmware, console and what is no device")
  func rest() throws {
    let board = try board(
      """
      aliases { serial0 = "/uart@1000"; };
      chosen { stdout-path = "serial0:115200n8"; };
      psci { compatible = "arm,psci-1.0"; method = "hvc"; };
      uart@1000 { compatible = "arm,pl011"; reg = <0x0 0x1000 0x0 0x1000>; };
      leds { led { }; };
      """)
    #expect(board.standardOutput == "/uart@1000")
    #expect(board.firmware == .psciHVC(path: "/psci"))
    #expect(board.devices.map(\.path) == ["/uart@1000"])
    #expect(board.findings.map(\.rule.rawValue) == ["BH-DT-003", "BH-DT-004"])
  }
}
