import Diagnostics
import Foundation
import Ownership
import Testing

@testable import Manifest

@Suite("Reading a manifest")
struct ManifestReaderTests {
  @Test("Every key of the format is read into the model with its place")
  func everything() throws {
    let reading = try ManifestReader.read(text: Samples.everything, file: "folder/cockpit.yaml")
    let manifest = try #require(reading.manifest)
    #expect(reading.findings.allSatisfy { $0.rule.rawValue.hasPrefix("BH-SUP-") })
    #expect(manifest.file == "folder/cockpit.yaml" && manifest.name.value == "cockpit")
    #expect(manifest.board.value == "qemu-virt" && manifest.backend.value == .xen)
    #expect(manifest.board.span == span(3, 8, length: 9))
    #expect(manifest.deviceTree?.value == "folder/path/to/board.dtb")
    #expect(manifest.xen?.image.value == "folder/path/to/xen")
    #expect(manifest.xen?.config?.value == "folder/path/to/xen.config")
    #expect(manifest.hypervisor.console?.value == "/pl011@9000000" && manifest.hypervisor.memory?.value == 2 << 20)
    #expect(manifest.memoryBanks?.map { Optional($0.range.value) } == [AddressRange(base: 0x4000_0000, size: 2 << 30)])
    let reserved = try #require(manifest.reserved.first)
    #expect(reserved.range.value == AddressRange(base: 0x4300_0000, size: 1 << 20))
    #expect(reserved.owner?.value == "firmware" && reserved.reason?.value == "kept")
    #expect(manifest.disabled.map(\.value) == ["/soc/serial@500"])
    #expect(manifest.waivers.map(\.rule.value) == [RuleID("BH-MEM-001")])
    #expect(
      manifest.waivers.map(\.approvedBy.value) == ["p"] && manifest.waivers.map(\.subject.value) == ["domains.cluster"])
    let expectation = try #require(manifest.expectations.first)
    #expect(expectation.domain.value == "cluster" && expectation.console.value == "heartbeat 10")
    #expect(expectation.within.value == 30_000_000)
  }

  @Test("A rate that a fixed clock cannot state is refused: clock-frequency is one cell")
  func rateBounds() throws {
    let rate = "{ 31: 100000000 }"
    try #require(Samples.everything.contains(rate))
    for (hertz, isFine) in [("4294967295", true), ("4294967296", false), ("18446744073709551615", false)] {
      let text = Samples.everything.replacingOccurrences(of: rate, with: "{ 31: \(hertz) }")
      let findings = try ManifestReader.read(text: text, file: "folder/m.yaml").findings
      #expect(findings.contains { $0.rule.rawValue == "BH-MAN-007" } != isFine, "\(hertz)")
    }
  }

  @Test("A domain's keys are read into the model")
  func domain() throws {
    let manifest = try #require(try ManifestReader.read(text: Samples.everything, file: "folder/m.yaml").manifest)
    #expect(manifest.domains.map(\.name.value) == ["cluster", "infotainment"])
    let cluster = try #require(manifest.domains.first)
    #expect(cluster.span.start.line == 17 && cluster.span.length == 7)
    #expect(cluster.criticality?.value == .asilB && cluster.cpus.map(\.value) == [.index(0)])
    #expect(cluster.requires.map(\.value) == ["sha2", "aes"])
    #expect(cluster.memory.map(\.size.value) == [64 << 20] && cluster.memory.first?.base == nil)
    #expect(cluster.kernel?.value == "folder/build/cluster.bin" && cluster.initrd?.value == "folder/path")
    #expect(cluster.load?.value == 0x4008_0000 && cluster.entry?.value == 0x4008_0000)
    #expect(cluster.files.map(\.path.value) == ["folder/fw.bin"] && cluster.files.map(\.load.value) == [0x4400_0000])
    #expect(cluster.commandLine?.value == "console=ttyAMA0" && cluster.deviceTree == nil)
    #expect(cluster.devices.map(\.path.value) == ["/pl011@9000000", "/soc/ethernet@1"])
    #expect(cluster.devices.map { $0.hasUnprotectedDMA?.value } == [nil, true])
    #expect(cluster.devices.last?.reason?.value == "r")
    #expect(cluster.devices.last?.properties.map(\.name.value) == ["mac-address"])
    #expect(cluster.reservedMemory.map(\.value) == ["/reserved-memory/video"])
    #expect(cluster.console?.value == .virtual && cluster.interrupts.value == .virtual)
    #expect(cluster.onFault.value == .restart && cluster.restart?.limit.value == 3)
    #expect(cluster.restart?.within.value == 10_000_000 && cluster.watchdog?.value == 500_000)
    #expect(cluster.health?.value == true && cluster.bandwidth?.value == 200_000_000)
    #expect(cluster.smc.map(\.value) == [0xC200_0001...0xC200_0001, 0xC200_0010...0xC200_001F])
    #expect(cluster.features.map(\.feature.value) == [.pmu, .sve, .debug, .pointerAuthentication])
    #expect(cluster.features.map(\.isOn.value) == [false, false, false, true])
    #expect(cluster.colours.map(\.value) == [0, 1])
    let infotainment = try #require(manifest.domains.last)
    #expect(infotainment.cpus.map(\.value) == [.index(1), .index(2), .node("cpu@3")])
    #expect(infotainment.memory.map(\.base?.value) == [0x8000_0000, nil])
    #expect(infotainment.memory.map(\.guest?.value) == [0x4000_0000, nil])
    #expect(infotainment.onFault.value == .halt && infotainment.onFault.span == nil)
  }

  @Test("Channels and providers are read into the model")
  func sharing() throws {
    let manifest = try #require(try ManifestReader.read(text: Samples.everything, file: "m.yaml").manifest)
    let telemetry = try #require(manifest.channels.first)
    #expect(telemetry.name.value == "telemetry" && telemetry.kind.value == .memory && telemetry.size.value == 65536)
    #expect(telemetry.writer.value == "cluster" && telemetry.readers.map(\.value) == ["infotainment"])
    #expect(telemetry.doorbell?.value == true)
    let disk = try #require(manifest.channels.first { $0.name.value == "disk" })
    #expect(disk.kind.value == .virtioBlock && disk.writer.value == "cluster")
    #expect(disk.readers.map(\.value) == ["infotainment"])
    let health = try #require(manifest.channels.last)
    #expect(health.isHealthPage && health.readers.map(\.value) == ["cluster"] && health.size.value == 4096)
    #expect(manifest.providers.map(\.policy.value) == [.bootConfigured, .ownedBy("infotainment"), .firmware])
    #expect(manifest.providers.first?.rates.map(\.value) == [ProviderRate(clock: 31, hertz: 100_000_000)])
  }

  @Test("What a person leaves out stays out")
  func small() throws {
    let reading = try ManifestReader.read(text: Samples.small, file: "a/b/system.v2.yaml")
    let manifest = try #require(reading.manifest)
    #expect(reading.findings.isEmpty && reading.files == ["a/b/system.v2.yaml"])
    #expect(manifest.name.value == "system.v2" && manifest.name.span == nil)
    #expect(manifest.backend.value == .bulkhead && manifest.memoryBanks == nil && manifest.xen == nil)
    #expect(manifest.channels.isEmpty && manifest.waivers.isEmpty && manifest.expectations.isEmpty)
  }

  @Test("One run finds everything, and values that cannot be read leave no manifest")
  func allFindings() throws {
    let text = """
      manifest: 1
      board: generic
      device-tree: board.dtb
      nmae: x
      domains:
        a: { cpus: [0, -1], memory: 64 MB, watchdgo: 1 s }
        b: { cpus: [1], memory: 1 GiB }
      channels:
        c: { size: 4 KiB, writer: a, readers: [d] }
      """
    let reading = try ManifestReader.read(text: text, file: "m.yaml")
    #expect(
      reading.findings.map(\.rule.rawValue) == [
        "BH-MAN-002", "BH-MAN-007", "BH-MAN-008", "BH-MAN-002", "BH-MAN-018",
      ])
    #expect(reading.manifest == nil)
    let unknownKeyOnly = try ManifestReader.read(text: Samples.small + "nmae: x\n", file: "m.yaml")
    #expect(unknownKeyOnly.findings.count == 1 && unknownKeyOnly.manifest != nil)
  }

  @Test("A waiver may name a rule that can be waived")
  func waivers() throws {
    let text = Samples.small + "waivers: [{ rule: BH-TST-002, subject: s, reason: r, approved-by: p }]\n"
    #expect(try ManifestReader.read(text: text, file: "m.yaml", rules: [Samples.waivableRule]).findings.isEmpty)
    #expect(try ManifestReader.read(text: text, file: "m.yaml", rules: []).findings.count == 1)
    #expect(try ManifestReader.read(text: text, file: "m.yaml").findings.isEmpty)
  }

  @Test("The highest criticality present may stop the system, also where nobody names one")
  func stopSystem() throws {
    for criticality in ["", "criticality: ASIL-D, "] {
      let text = Samples.small + "  b: { \(criticality)cpus: [1], memory: 1 MiB, kernel: k, on-fault: stop-system }\n"
      #expect(try ManifestReader.read(text: text, file: "m.yaml").findings.isEmpty)
    }
  }

  private func span(_ line: Int, _ column: Int, length: Int) -> SourceSpan {
    SourceSpan(start: SourcePosition(file: "folder/cockpit.yaml", line: line, column: column), length: length)
  }
}
