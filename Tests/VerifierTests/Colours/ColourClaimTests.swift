import BulkheadKit
import Testing

@testable import Verifier

@Suite("Claims on cache colours, held against edited tables")
struct ColourClaimTests {
  private let built: BuiltSystem
  private let system: EditedSystem

  init() throws {
    built = try BuiltSystem.coloured.get()
    system = try EditedSystem(built)
  }

  @Test("an image as it was built holds every claim, and the colours are assumed of the cache alone")
  func holds() throws {
    let verification = Verifier(built.context).verify(image: built.image, pieces: built.pieces)
    #expect(verification.findings.map(\.message) == [])
    let colours = try #require(verification.claims.first { $0.claim.id == ColoursApart.description.id })
    #expect(colours.verdict == "assumed" && colours.assumptions.count == 1 && colours.examined > 100_000)
    for (domain, expected) in [(0, Array(0..<4)), (1, Array(4..<14))] {
      let cache = try #require(built.context.cache)
      #expect(ColourUse(domain: system.original.domains[domain], cache).colours == expected)
    }
  }

  @Test("without colours in the manifest the claim is about nothing")
  func empty() throws {
    let cockpit = try BuiltSystem.cockpit.get()
    let outcome = ColoursApart.examine(try cockpit.system(), cockpit.context)
    #expect(outcome.verdict == "empty")
  }

  @Test("a page of nobody's that has another domain's colour is refused")
  func strayPage() throws {
    var edited = system
    let region = try #require(system.original.domains[0].record.regions.first)
    let free = try #require(built.plan.ram.first).last - 0xFFFF + 5 * 4096
    try edited.redirect(0, region.base + 0x1F_0000, to: free)
    try edited.expect(ColoursApart.self, says: "domain cluster", "colour 5", free.hexadecimal, "does not have")
    try edited.expect(RegionsMapped.self, says: free.hexadecimal, "next page of its colours is not")
    try edited.expect(AgreesWithPlan.self, says: "colour 5")
  }

  @Test("two pages of one domain that have changed places are refused, although their colours are its own")
  func exchanged() throws {
    let region = try #require(system.original.domains[1].record.regions.first)
    let (first, second) = (region.base + 0x1000_0000, region.base + 0x1000_1000)
    let outputs = (try system.leaf(1, first).output, try system.leaf(1, second).output)
    var edited = system
    try edited.redirect(1, first, to: outputs.1)
    try edited.redirect(1, second, to: outputs.0)
    #expect(try edited.outcome(ColoursApart.self).findings.isEmpty)
    try edited.expect(RegionsMapped.self, says: outputs.1.hexadecimal, "next page of its colours is not")
  }

  @Test("a page of EL2's own map that leads to a domain's colour is refused")
  func hypervisor() throws {
    let state = try #require(system.original.hypervisorMap.leaf(at: system.original.domains[0].record.state))
    var edited = system
    let foreign = system.original.placement.physical(state.output) &- 12 * 4096
    edited.image = try edited.image.editing(system.original.placement.physical(state.place)) { (word: UInt64) in
      word & ~0xFFFF_FFFF_F000 | foreign
    }
    try edited.expect(ColoursApart.self, says: "the hypervisor", foreign.hexadecimal, "does not have")
    try edited.expect(IdentityMap.self, says: "not to itself")
  }

  @Test("where the partition table is with the MMU off has to be right, and so has the hypervisor's first colour")
  func boot() throws {
    let place = built.image.entry + UInt64(HeaderOffsets.partitionTablePhysical)
    let wrong = try built.image.editing(place) { (word: UInt64) in word + 4096 }
    #expect(throws: VerifierError.self) {
      try SystemReader.read(wrong, pieces: built.pieces, arrangement: built.context.arrangement)
    }
    #expect(throws: VerifierError.self) { try SystemReader.read(built.image, pieces: built.pieces) }
    let window = try #require(AddressRange(base: built.image.entry + 4096, size: 1 << 20))
    #expect(throws: VerifierError.self) { try PagePlacement(built.context.arrangement, window: window) }
  }
}
