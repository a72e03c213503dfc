import Diagnostics
import PlanFixtures
import Testing

@testable import Image

@Suite("A plan that cannot be made an image is refused in words")
struct RefusalTests {
  private func finding(_ manifest: String) throws -> Finding? {
    do {
      _ = try BuildFixture(manifest)
      return nil
    } catch let error as ImageError {
      return error.finding
    }
  }

  private static let kernel = "memory: 16 MiB\n    kernel: a.bin"

  private static let overLoader = """
    memory: [{ size: 8 MiB, base: 0x47c00000 }]
        kernel: a.bin
        files: [ { path: a.bin, load: 0x48000000 } ]
    """

  @Test("where a piece meets memory that the boot loader works in")
  func placement() throws {
    let manifest = SampleManifests.cockpit.replacing(
      Self.kernel, with: Self.overLoader)
    let finding = try #require(try finding(manifest))
    #expect(finding.rule == ImageRules.placement.id)
    #expect(finding.message.contains("the boot loader of board qemu-virt works in"))
    #expect(finding.message.contains("cluster"))
  }

  @Test("where a domain's tree is larger than its place")
  func treeSlot() throws {
    let long = String(repeating: "a", count: 70_000)
    let finding = try #require(try finding(SampleManifests.cockpit.replacing("console=ttyAMA0 quiet", with: long)))
    #expect(finding.rule == ImageRules.treeSlot.id)
    #expect(finding.domains == ["infotainment"])
  }

  @Test("where a guest address has more bits than the CPUs' physical addresses")
  func addressSize() throws {
    let manifest = SampleManifests.cockpit.replacing(
      Self.kernel, with: "memory: [{ size: 16 MiB, guest: 0x20000000000 }]\n    kernel: a.bin")
    let finding = try #require(try finding(manifest))
    #expect(finding.rule == ImageRules.addressSize.id)
    #expect(finding.message.contains("42 bits") && finding.message.contains("40 physical address bits"))
  }
}
