import BulkheadKit
import Testing

@testable import Verifier

@Suite("The finished bytes of the boards' manifests")
struct DemonstrationTests {
  static let manifests = ["qemu-virt", "qemu-virt-gicv2", "imx8mp-evk", "versal-virt", "zcu102", "rpi4"].map {
    "boards/\($0)/cockpit.yaml"
  }

  @Test("are accepted, and every claim looked at something", arguments: manifests)
  func accepted(manifest: String) throws {
    let built = try BuiltSystem(manifest)
    let verification = Verifier.verify(image: built.image, pieces: built.pieces, context: built.context)
    #expect(verification.findings.map(\.message) == [])
    #expect(verification.claims.count == ClaimBook.all.count)
    let idle = verification.claims.filter { $0.examined == 0 }.map(\.claim.id.rawValue)
    #expect(idle == Self.expectedIdle(built.plan.manifest))
  }

  /// The claims about what a manifest does not ask for: of trees that it brings itself (060), and of the options that
  /// none of its domains or channels has.
  private static func expectedIdle(_ manifest: Manifest) -> [String] {
    let domains = manifest.domains
    var idle = ["BH-VER-060"]
    if !domains.contains(where: { $0.interrupts.value == .direct }) { idle.append("BH-VER-100") }
    if !domains.contains(where: { $0.onFault.value == .restart }) { idle += (110...112).map { "BH-VER-\($0)" } }
    if !domains.contains(where: { $0.watchdog != nil }) { idle.append("BH-VER-120") }
    if !manifest.channels.contains(where: { $0.doorbell?.value == true }) { idle.append("BH-VER-140") }
    return idle + ["BH-VER-150", "BH-VER-151", "BH-VER-152", "BH-VER-171"]
  }
}
