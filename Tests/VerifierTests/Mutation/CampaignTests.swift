import Ownership
import Testing

@testable import Mutation
@testable import Verifier

@Suite("The mutation campaign")
struct CampaignTests {
  @Test("refuses to start with an image that is not accepted")
  func unsound() throws {
    let built = try BuiltSystem.cockpit.get()
    let sections = try HypervisorHeaderReader.read(built.image)
    let broken = try built.image.editing(sections.partitionTable) { (word: UInt64) in word + 1 }
    #expect(throws: RefusedImage.self) {
      try MutationCampaign(verifier: Verifier(built.context), image: broken, pieces: built.pieces)
    }
  }

  @Test("draws the same mutants from the same seed, and counts each once")
  func seeds() async throws {
    let built = try BuiltSystem.cockpit.get()
    let campaign = try MutationCampaign(verifier: Verifier(built.context), image: built.image, pieces: built.pieces)
    let one = await campaign.run(.sample(200, seed: 7), tasks: 1)
    let two = await campaign.run(.sample(200, seed: 7), tasks: 2)
    #expect(one.lines == two.lines)
    #expect(one.mutantCount > 200)
    #expect(one.survivors == [])
  }

  @Test("flips every bit of every table, of the partition table and of the trees")
  func places() throws {
    let built = try BuiltSystem.cockpit.get()
    let system = try built.system()
    let sites = MutationPlaces(system).sites
    let maps = [system.hypervisorMap] + system.domains.compactMap(\.restartMap) + system.domains.map(\.stage2)
    let pages = maps.map { Set($0.tables).count }.reduce(0, +)
    let roots = maps.map(\.root.size).reduce(0, +)
    let trees = system.domains.map(\.treeSize).reduce(0, +)
    let bytes = UInt64(pages) * 4096 + roots + trees + system.partition.range.size + UInt64(HeaderOffsets.total)
    let flips = BitFlips(sites, .exhaustive)
    #expect(flips.count == Int(bytes) * 8)
    #expect(flips.count > 100_000)
    var seen: Set<Mutant.Patch> = []
    for index in stride(from: 0, to: flips.count, by: 97) {
      let mutant = try #require(flips.mutant(index) { _ in 0 })
      let isNew = seen.insert(mutant.patches[0]).inserted
      #expect(isNew && mutant.patches[0].bytes[0].nonzeroBitCount == 1)
    }
  }

  @Test("counts a mutant that nothing refuses as a survivor, and names it")
  func survivor() {
    var report = MutationReport()
    let mutant = Mutant(name: "root table of EL2, byte 0x8, bit 3", structure: .hypervisorTables, patches: [])
    report.add(mutant, .survived)
    report.add(mutant, .killed("BH-VER-010"))
    report.add(mutant, .equivalent("a rule"))
    #expect(report.survivorCount == 1)
    #expect(report.mutantCount == 3)
    let text = report.text(title: "title")
    #expect(text.contains("SURVIVED: root table of EL2, byte 0x8, bit 3"))
    #expect(text.contains("BH-VER-010 1"))
    #expect(text.contains("equivalent by: a rule 1"))
  }

  /// Lets every change of the partition table live.
  private enum AnyRecord: EquivalenceRule {
    static let name = "any record"
    static func covers(_ mutant: Mutant, of system: FinishedSystem, in image: MemoryImage) -> Bool {
      mutant.structure == .partitionTable
    }
  }

  @Test("puts what lives without the payloads' files to the whole verifier, and only what lives then to the rules")
  func order() throws {
    let built = try BuiltSystem.cockpit.get()
    let context = built.context
    let bare = VerificationContext(board: context.board, manifest: context.manifest, plan: context.plan)
    let record = try #require(try built.system().partition.recordPlaces[1].places.first)
    let place = record.base + UInt64(PartitionOffsets.Domain.entry)
    // Another instruction of the same kernel: only the file tells where it starts.
    let byte = try #require(AddressRange(base: place, size: 1).flatMap { built.image.bytes(at: $0) }).map { $0 ^ 8 }
    let mutant = Mutant(
      name: "entry", structure: .partitionTable, patches: [Mutant.Patch(address: place, bytes: byte)])
    func fate(_ context: VerificationContext, _ rules: [any EquivalenceRule.Type]) throws -> MutantFate? {
      let campaign = try MutationCampaign(
        verifier: Verifier(context), image: built.image, pieces: built.pieces, equivalences: rules)
      var mutable = MutableImage(built.image)
      return mutable.with(mutant.patches) { campaign.fate(of: mutant, $0) }
    }
    #expect(try fate(bare, []) == .survived)
    #expect(try fate(bare, [AnyRecord.self]) == .equivalent("any record"))
    #expect(try fate(context, [AnyRecord.self]) == .killed("BH-VER-046"))
  }

  @Test("changes an image in place and puts back what was there")
  func undone() throws {
    let image = try BuiltSystem.cockpit.get().image
    var mutable = MutableImage(image)
    let patches = [
      Mutant.Patch(address: image.entry, bytes: [1, 2, 3, 4]), Mutant.Patch(address: image.entry + 2, bytes: [9, 9]),
    ]
    let place = try #require(AddressRange(base: image.entry, size: 4))
    #expect(mutable.with(patches) { $0.bytes(at: place) } == [1, 2, 9, 9])
    let original = try #require(image.bytes(at: place))
    let none = mutable.with([Mutant.Patch(address: image.entry, bytes: original)]) { _ in true }
    #expect(none == nil)
    #expect(mutable.with([Mutant.Patch(address: image.entry + 8, bytes: [0xAA])]) { $0.bytes(at: place) } == original)
    #expect(mutable.with([Mutant.Patch(address: 0, bytes: [1])]) { _ in true } == nil)
  }
}
