import Foundation
import Testing

@testable import Emulator
import TestSupport

@Suite("A domain runs alone in plain QEMU")
struct SoloRunTests {
  private static let base: UInt64 = 0x4C00_0000
  private static let size: UInt64 = 0x0200_0000
  private static let treeAddress = base + size - 0x1_0000
  private static let channel = base + size

  /// The tree that the cluster guest is given here, as a domain's generated tree has it.
  private static let source = """
    /dts-v1/;
    / {
      #address-cells = <2>; #size-cells = <2>; interrupt-parent = <1>;
      chosen { stdout-path = "/serial@9000000"; };
      memory@4c000000 { device_type = "memory"; reg = <0 0x4c000000 0 0x2000000>; };
      intc: interrupt-controller@8000000 {
        compatible = "arm,gic-v3"; interrupt-controller; #interrupt-cells = <3>; phandle = <1>;
        reg = <0 0x8000000 0 0x10000>, <0 0x80a0000 0 0x20000>;
      };
      timer { compatible = "arm,armv8-timer"; interrupts = <1 13 4>, <1 14 4>, <1 11 4>, <1 10 4>; };
      serial@9000000 {
        compatible = "arm,pl011", "arm,primecell"; reg = <0 0x9000000 0 0x1000>; interrupts = <0 1 4>;
      };
      channel@4e000000 { compatible = "bulkhead,channel"; label = "telemetry"; reg = <0 0x4e000000 0 0x1000>; };
    };
    """

  private func domain(
    pieces: [SoloPiece] = [], console: (base: UInt64, intid: UInt32)? = (0x900_0000, 33), start: UInt64 = base,
    end: UInt64 = channel + 0x1000, cpuCount: Int = 1,
    interruptController: (version: Int, distributor: UInt64)? = (3, 0x800_0000)
  ) -> SoloDomain {
    SoloDomain(
      name: "cluster", cpuCount: cpuCount, memoryStart: start, memoryEnd: end, console: console,
      interruptController: interruptController, entry: start, treeAddress: Self.treeAddress, pieces: pieces)
  }

  @Test("The cluster guest beats at its own addresses, which it knows from its tree alone")
  func cluster() throws {
    let image = "\(Repository.root)/.build/guests/cluster.bin"
    let bytes = try #require(FileManager.default.contents(atPath: image), "run `make build` first: it makes \(image)")
    let folder = NSTemporaryDirectory() + "bulkhead-solo-\(UUID().uuidString)"
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(atPath: folder) }
    let pieces = [
      SoloPiece(name: "kernel", address: Self.base, bytes: [UInt8](bytes)),
      SoloPiece(name: "tree", address: Self.treeAddress, bytes: try CompiledTree.bytes(of: Self.source)),
    ]
    let arguments = try SoloRun.arguments(
      for: domain(pieces: pieces), cpuModel: "cortex-a53", usesKVM: false, folder: folder)
    var session = Session(program: try QEMU.find().path, arguments: arguments, labels: .single("cluster"))
    session.expectations = [
      Expectation(source: "cluster", text: "speed on the channel at 0x4e000000", within: .seconds(120)),
      Expectation(source: "cluster", text: "heartbeat 10 worst-lateness", within: .seconds(120)),
      Expectation(source: "cluster", text: "speed 15.0 km/h", within: .seconds(120), isAfterPrevious: true),
    ]
    let result = try session.run { _ in true }
    #expect(result.findings.map(\.message) == [])
    #expect(result.end == .decided)
  }

  @Test("QEMU's refusal of its arguments comes through in its own words")
  func refusal() throws {
    var session = Session(
      program: try QEMU.find().path, arguments: ["-M", "no-such-machine"] + QEMU.commonArguments,
      labels: .single("a"))
    session.limits.time = .seconds(120)
    let result = try session.run { _ in true }
    #expect(result.end == .died(.exited(1)))
    #expect(result.findings.first?.help?.contains("no-such-machine") == true)
  }

  @Test("The code at the reset address loads what stands behind it")
  func start() {
    let bytes = SoloRun.start(domain())
    #expect(bytes.count == 40)
    #expect(bytes[24..<32].reversed().reduce(0) { $0 << 8 | UInt64($1) } == Self.treeAddress)
    #expect(bytes[32..<40].reversed().reduce(0) { $0 << 8 | UInt64($1) } == Self.base)
  }

  @Test("What plain QEMU cannot give is refused with the reason")
  func refusals() {
    let reasons = [
      domain(pieces: [SoloPiece(name: "kernel", address: 0x4000_0000, bytes: [0])], start: 0x4000_0000),
      domain(console: (0xA00_0000, 34)),
      domain(start: 0x800_0000),
      domain(end: .max),
      domain(interruptController: (3, 0x3880_0000)),
      domain(cpuCount: 9, interruptController: (2, 0x800_0000)),
    ].map { domain in
      #expect(throws: EmulatorError.self) {
        _ = try SoloRun.arguments(for: domain, cpuModel: "cortex-a53", usesKVM: false, folder: "/nonexistent")
      }?.finding.message.dropFirst("domain cluster cannot run alone: its ".count).prefix(12)
    }
    #expect(
      reasons == ["kernel is at", "console is a", "memory, 0x80", "memory, 0x4c", "interrupt co", "as 9 CPUs; p"])
  }

  @Test("The machine has the version of the GIC that the domain's tree speaks of")
  func versions() throws {
    for version in [2, 3] {
      let folder = NSTemporaryDirectory() + "bulkhead-solo-\(UUID().uuidString)"
      try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
      defer { try? FileManager.default.removeItem(atPath: folder) }
      let arguments = try SoloRun.arguments(
        for: domain(interruptController: (version, 0x800_0000)), cpuModel: "cortex-a53", usesKVM: false, folder: folder)
      #expect(arguments.contains("virt,virtualization=off,gic-version=\(version)"))
    }
  }
}
