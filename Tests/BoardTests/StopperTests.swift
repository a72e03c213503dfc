import Board
import DeviceTree
import Testing
import TestSupport

@Suite("Devices that can stop the whole board")
struct StopperTests {
  @Test(
    "Real boards: watchdogs, power and reset controllers, the ways to a PMIC, and what feeds or clocks the CPUs",
    arguments: [
      (
        "freescale/imx8mp-evk.dtb",
        [
          "/soc@0/bus@30000000/watchdog@30280000": StopReason.Means.watchdog,
          "/soc@0/bus@30000000/snvs@30370000": .power, "/soc@0/bus@30000000/reset-controller@30390000": .reset,
          "/soc@0/bus@30800000/i2c@30a20000": .supply, "/soc@0/bus@30000000/clock-controller@30380000": .supply,
          "/soc@0/bus@30000000/anatop@30360000": .supply,
        ]
      ),
      (
        "qcom/sa8155p-adp.dtb",
        [
          "/soc@0/cpufreq@18323000": .supply, "/soc@0/interconnect@18321000": .supply,
          "/soc@0/system-cache-controller@9200000": .memory,
        ]
      ),
      (
        "freescale/fsl-ls1046a-rdb.dtb",
        ["/soc/clocking@1ee1000": .supply, "/soc/memory-controller@1080000": .memory]
      ),
      ("broadcom/bcm2711-rpi-4-b.dtb", ["/soc/watchdog@7e100000": .watchdog]),
      ("xilinx/zynqmp-zcu102-rev1.1.dtb", ["/axi/watchdog@fd4d0000": .watchdog]),
      (
        "qcom/sdm845-db845c.dtb",
        [
          "/soc@0/spmi@c440000": .power, "/soc@0/watchdog@17980000": .watchdog, "/soc@0/rsc@179c0000": .supply,
        ]
      ),
    ])
  func boards(file: String, expected: [String: StopReason.Means]) throws {
    let stoppers = BoardStoppers(try ClosureTests.board(file))
    for (path, means) in expected { #expect(stoppers.reason(for: path)?.means == means, "\(path)") }
    let enabled = stoppers.devices.filter(\.isEnabled).map(\.path)
    #expect(Set(expected.keys).isSubset(of: enabled), "\(enabled)")
  }

  @Test("Devices that stop nobody: UARTs, network, SD cards, a bus with sensors only")
  func others() throws {
    let board = try ClosureTests.board("freescale/imx8mp-evk.dtb")
    let stoppers = BoardStoppers(board)
    for name in ["serial@30890000", "mmc@30b50000", "ethernet@30be0000", "i2c@30a40000", "gpio@30210000"] {
      let device = try #require(board.devices.first { $0.path.hasSuffix("/" + name) }, "\(name)")
      #expect(stoppers.reason(for: device.path) == nil, "\(name)")
    }
  }

  @Test("A watchdog that the tree disables counts all the same, as its registers are there")
  func disabled() throws {
    let board = try ClosureTests.board("freescale/imx8mp-evk.dtb")
    #expect(board.canStopTheBoard("/soc@0/bus@30000000/watchdog@30290000")?.means == .watchdog)
    #expect(board.device(at: "/soc@0/bus@30000000/watchdog@30290000")?.isEnabled == false)
  }

  @Test("`devices` marks them in the list, and says of one node why")
  func listing() throws {
    let listing = DeviceListing(try ClosureTests.board("freescale/imx8mp-evk.dtb"))
    let line = listing.text.split(separator: "\n").first { $0.contains("/watchdog@30280000 ") }
    #expect(try #require(line).contains(" STOP  fsl,imx8mp-wdt"))
    #expect(listing.text.contains("\nSTOP  can reset the whole board"))
    let detail = try #require(listing.detail(of: "/soc@0/bus@30000000/snvs@30370000"))
    #expect(detail.text.contains("can stop the whole board, because its registers switch the board off"))
    #expect(BoardSummary(name: "imx8mp", listing).stoppers >= 5)
  }
}
