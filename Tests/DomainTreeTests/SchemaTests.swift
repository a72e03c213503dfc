import DomainTree
import PlanFixtures
import TestSupport
import Testing

@Suite("The kernel's schema checker (make setup installs it)")
struct SchemaTests {
  @Test("has nothing to say about the trees we generate")
  func accepts() throws {
    var trees: [String: [UInt8]] = [:]
    for manifest in [SampleManifests.cockpit, SampleManifests.devices] {
      let fixture = try PlanFixture(manifest)
      for domain in fixture.plan.domains {
        trees[domain.name] = try DomainTreeWriter.tree(for: domain, in: fixture.plan)
      }
    }
    #expect(trees.count == 4)
    let messages = try SchemaValidator.messages(on: trees)
    #expect(messages == "")
  }

  @Test("does object to a channel without its role, so that its silence means something")
  func objects() throws {
    let fixture = try PlanFixture(SampleManifests.cockpit)
    let tree = try DomainTreeWriter.tree(for: fixture.plan.domains[0], in: fixture.plan)
    let renamed = String(decoding: tree, as: Unicode.ASCII.self).replacing("bulkhead,role", with: "bulkhead,mole")
    let damaged = zip(renamed.unicodeScalars, tree).map { scalar, byte in byte < 128 ? UInt8(scalar.value & 0x7F) : byte
    }
    #expect(try SchemaValidator.messages(on: ["damaged": damaged]).contains("bulkhead,role"))
  }
}
