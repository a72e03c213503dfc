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
    for claim in verification.claims { #expect(claim.examined > 0, "\(claim.claim.id.rawValue) looked at nothing") }
  }
}
