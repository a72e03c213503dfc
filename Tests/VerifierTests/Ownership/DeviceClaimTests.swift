import BulkheadKit
import Foundation
import TestSupport
import Testing

@testable import Verifier

@Suite("Claims on DMA, calls to firmware and providers")
struct DeviceClaimTests {
  /// The board's manifest with some of its text replaced, read but not judged.
  private func manifest(_ board: String, _ replacements: [(String, String)]) throws -> Manifest {
    let file = "\(Repository.root)/boards/\(board)/cockpit.yaml"
    var text = try String(contentsOfFile: file, encoding: .utf8)
    for (old, new) in replacements {
      #expect(text.contains(old))
      text = text.replacing(old, with: new)
    }
    return try #require(try ManifestReader.read(text: text, file: file).manifest)
  }

  private func context(_ built: BuiltSystem, _ manifest: Manifest) -> VerificationContext {
    VerificationContext(board: built.plan.board, manifest: manifest, plan: built.plan.ownership)
  }

  @Test("a DMA master without an SMMU is assumed for the reason that the manifest gives, and refused without one")
  func unprotected() throws {
    let built = try BuiltSystem("boards/imx8mp-evk/cockpit.yaml")
    let system = try built.system()
    let assumed = StreamsStayInside.examine(system, built.context)
    #expect(assumed.findings.map(\.message) == [])
    #expect(assumed.verdict == "assumed")
    #expect(assumed.assumptions.contains { $0.contains("mmc@30b50000") && $0.contains("the chip has no SMMU") })
    let silent = try manifest(
      "imx8mp-evk", [("dma: unprotected", ""), ("reason: the chip has no SMMU", "")])
    let refused = StreamsStayInside.examine(system, context(built, silent))
    #expect(refused.findings.contains { $0.message.contains("mmc@30b50000") && $0.message.contains("no SMMU") })
  }

  @Test("a disabled SMMU in front of an unprotected device is named")
  func disabledSMMU() throws {
    let built = try BuiltSystem("boards/zcu102/cockpit.yaml")
    let outcome = StreamsStayInside.examine(try built.system(), built.context)
    #expect(outcome.assumptions.contains { $0.contains("mmc@ff170000") && $0.contains("the SMMU /axi/iommu@fd800000") })
    let silent = try manifest(
      "zcu102", [("dma: unprotected", ""), ("reason: the vendor's tree leaves the SMMU in front of it disabled", "")])
    let refused = StreamsStayInside.examine(try built.system(), context(built, silent))
    #expect(refused.findings.contains { $0.message.contains("mmc@ff170000") && $0.message.contains("disables") })
  }

  @Test("a device that the manifest does not give is refused with its pages and its interrupt")
  func notGiven() throws {
    let built = try BuiltSystem.cockpit.get()
    let without = context(built, try manifest("qemu-virt", [("devices: [/pl061@9030000]", "")]))
    let system = try built.system()
    let pages = EverythingGiven.examine(system, without).findings
    #expect(pages.map(\.message).contains { $0.contains("infotainment") && $0.contains("0x9030000..0x9030fff") })
    #expect(EverythingGiven.examine(system, built.context).findings.isEmpty)
  }

  @Test("streams and providers are those of whoever has the registers")
  func dependencies() throws {
    let built = try BuiltSystem("boards/zcu102/cockpit.yaml")
    let reading = OwnershipReading(try built.system(), built.context)
    let stream = try #require(reading.map.entries.first { if case .stream = $0.resource { true } else { false } })
    #expect(stream.claim.owner == .domain("infotainment"))
    // The firmware's clock controller has no registers: that nobody drives it is the plan's word.
    #expect(reading.unshown.contains { $0.resource == .provider("/firmware/zynqmp-firmware/clock-controller") })
    let rpi4 = try BuiltSystem("boards/rpi4/cockpit.yaml")
    let map = OwnershipReading(try rpi4.system(), rpi4.context).map
    #expect(map.claim(on: .provider("/soc/cprman@7e101000"))?.owner == .nobody)
    #expect(map.claim(on: .provider("/soc/aux@7e215000"))?.owner == .domain("cluster"))
  }

  @Test("a domain that reaches a provider's registers drives it, whatever the plan says")
  func stolenProvider() throws {
    var system = try EditedSystem(try BuiltSystem("boards/rpi4/cockpit.yaml"))
    try system.redirect(1, try system.channel(), to: 0xFE10_1000)
    try system.editLeaf(1, try system.channel()) { $0 | 1 << 7 }
    let findings = try system.outcome(AgreesWithPlan.self).findings.map(\.message)
    #expect(findings.contains { $0.hasPrefix("device registers 0xfe101000") && $0.contains("domain infotainment") })
  }

  /// The demonstration with a call range for the cluster.
  private func outcome(_ call: CallReading, _ built: BuiltSystem, smc: String = "") throws -> ClaimOutcome {
    let system = try built.system()
    let record = system.domains[0].record
    let changed = DomainReading(
      name: record.name, stage2Table: record.stage2Table, stage2Control: record.stage2Control, entry: record.entry,
      treeAddress: record.treeAddress, state: record.state, distributor: record.distributor,
      redistributor: record.redistributor, consoleBase: record.consoleBase, consoleINTID: record.consoleINTID,
      onFault: record.onFault, criticality: record.criticality, features: record.features, cpus: record.cpus,
      regions: record.regions, calls: [call], interrupts: record.interrupts, edgeInterrupts: record.edgeInterrupts,
      identification: record.identification)
    let first = system.domains[0]
    let domain = FinishedDomain(
      record: changed, stage2: first.stage2, tree: first.tree, treeParts: first.treeParts,
      treeFault: first.treeFault)
    let edited = FinishedSystem(
      memory: system.memory, pieces: system.pieces, hypervisor: system.hypervisor, partition: system.partition,
      hypervisorMap: system.hypervisorMap, domains: [domain] + system.domains.dropFirst())
    let text = smc.isEmpty ? [] : [("    criticality: ASIL-B\n", "    criticality: ASIL-B\n    smc: [\(smc)]\n")]
    let board = built.plan.board.name
    let context = context(built, try manifest(board, text))
    if smc.isEmpty {
      // The plan knows nothing of the call either.
      #expect(AgreesWithPlan.examine(edited, context).findings.contains { $0.message.hasPrefix("firmware calls") })
    }
    return CallsAreAllowed.examine(edited, context)
  }

  @Test("a call that the manifest lists is allowed, one that it does not is refused, PSCI always")
  func calls() throws {
    let built = try BuiltSystem.cockpit.get()
    func call(_ range: ClosedRange<UInt32>) -> CallReading {
      CallReading(functions: range, argumentMask: 0, argumentValue: 0)
    }
    let service = call(0xC200_0001...0xC200_0004)
    #expect(try outcome(service, built, smc: "0xC2000001..0xC2000004").findings.isEmpty)
    #expect(try outcome(service, built).findings.map(\.message).contains { $0.contains("`smc:` does not list") })
    let power = try outcome(call(0xC400_0003...0xC400_0003), built).findings.map(\.message)
    #expect(power.contains { $0.contains("PSCI") })
    let spinTable = try outcome(service, try BuiltSystem("boards/rpi4/cockpit.yaml"), smc: "0xC2000001..0xC2000004")
    #expect(spinTable.findings.map(\.message).contains { $0.contains("no firmware") })
  }

  @Test("PSCI and Arm architecture calls are seen in any range, as a look at each function sees them")
  func reserved() {
    var generator = SeededGenerator(seed: 0xCA11)
    for round in 0..<4_000 {
      let near: [UInt32] = [0x83FF_FFF0, 0x8400_0000, 0x8401_0010, 0xC4FF_0018, 0xC500_0000, 0x80FF_FFF8, 0xC100_0000]
      let start = near[round % near.count] &+ UInt32.random(in: 0...0x60, using: &generator)
      let last = start &+ UInt32.random(in: 0...0x90, using: &generator)
      guard last >= start else { continue }
      // Owner 0, or a number that is PSCI's once bits 23:16 are gone.
      let isReserved = (start...last).contains { function in
        function & 0xBF00_0000 == 0x8000_0000 || function & 0xBF00_FFE0 == 0x8400_0000
      }
      #expect((CallsAreAllowed.reserved(in: start...last) != nil) == isReserved, "\(start)...\(last)")
    }
    #expect(CallsAreAllowed.reserved(in: 0x8400_0100...0x8402_0000) != nil)
    #expect(CallsAreAllowed.reserved(in: 0xC200_0000...0xC200_FFFF) == nil)
  }
}
