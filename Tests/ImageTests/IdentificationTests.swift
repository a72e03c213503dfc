import Board
import DeviceTree
import Foundation
import ImageFormat
import PlanFixtures
import Testing

@testable import Image

@Suite("The identification registers of a domain, in the partition table")
struct IdentificationTests {
  /// The same board with another type of CPU in places, and all with the Cryptographic Extension.
  private func records(_ types: [Int: String]) throws -> [DomainRecord] {
    let nodes = types.sorted { $0.key < $1.key }.map { index, type in
      "cpu@\(index) { compatible = \"\(type)\"; };"
    }
    let source = """
      /include/ "\(PlanFixture.root)/dts/qemu-virt.dts"
      / { cpus { \(nodes.joined(separator: " ")) }; };
      """
    let file = FileManager.default.temporaryDirectory.path + "/bulkhead-\(UUID().uuidString).dts"
    defer { try? FileManager.default.removeItem(atPath: file) }
    try Data(source.utf8).write(to: URL(filePath: file))
    let tree = try DeviceTree(blob: PlanFixture.compiled(file))
    let build = try BuildFixture(SampleManifests.cockpit, tree: tree)
    let start = build.hypervisor.layout.partitionTable - build.hypervisor.layout.base
    return PartitionTableReading(build.hypervisor.bytes, at: Int(start)).domains
  }

  @Test("are the CPU's own where all are of one type")
  func oneType() throws {
    for domain in try records([1: "arm,cortex-a72", 2: "arm,cortex-a72", 3: "arm,cortex-a72"]) {
      #expect(domain.identificationMask == 0)
      #expect(domain.identification.indices.allSatisfy { domain.identification[$0] == 0 })
    }
  }

  @Test("are what all have in common where they are of several, in the order of the mask's bits")
  func severalTypes() throws {
    let domains = try records([2: "arm,cortex-a55", 3: "arm,cortex-a72"])
    #expect(domains[0].identificationMask == 0)
    let mixed = domains[1]
    #expect(mixed.identificationMask == IDRegister.allCases.reduce(UInt64(0)) { $0 | 1 << UInt64($1.rawValue) })
    let values = mixed.identification.indices.map { mixed.identification[$0] }
    // A Cortex-A53, A55 and A72: no 16 KiB granule, 40 bits of address, nothing of Armv8.1 or later.
    let expected: [IDRegister: UInt64] = [.pfr0: 0x2222, .dfr0: 0x1030_5106, .isar0: 0x1_0000, .mmfr0: 0x1122]
    #expect(values == IDRegister.allCases.sorted().map { expected[$0] ?? 0 } + [UInt64](repeating: 0, count: 7))
  }
}
