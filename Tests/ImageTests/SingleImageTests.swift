import Diagnostics
import Ownership
import PlanFixtures
import Testing

@testable import Image

@Suite("The image for boot loaders that load one file")
struct SingleImageTests {
  /// An arm64 Image header, the parameters' mark, and no code: the test does what the code would do.
  private static var relocator: [UInt8] { [UInt8](repeating: 0, count: 64) + Array("BHSINGLE".utf8) }

  private func single(_ build: BuildFixture) throws -> (image: SingleImage, bytes: [UInt8], pieces: [Piece]) {
    let plan = build.fixture.plan
    let trees = try plan.domains.map { domain in
      try #require(try build.bytes("domains/\(domain.name).dtb"))
    }
    let pieces = try PieceList(plan: plan, hypervisor: build.hypervisor, trees: trees).pieces
    let code = try Relocator(Self.relocator, file: "relocator.bin")
    let image = try SingleImage(plan: plan, pieces: pieces, relocator: code)
    let file = ImageFile(name: "single.img", contents: image.contents())
    return (image, try BuildFixture.bytes(of: file), pieces)
  }

  @Test(
    "holds every piece, and a table that says where each goes",
    arguments: [SampleManifests.cockpit, SampleManifests.devices])
  func table(manifest: String) throws {
    let build = try BuildFixture(manifest)
    let (image, bytes, pieces) = try single(build)
    let numbers = try [8, 16, 72, 80, 88, 96].map { try #require(bytes.load(littleEndian: UInt64.self, at: $0)) }
    #expect(numbers[0] + 0x4000_0000 == image.address)
    #expect(numbers[1] == UInt64(bytes.count))
    #expect(numbers[2] == image.address)
    #expect(numbers[3] == build.fixture.plan.hypervisor.memory.base)
    #expect(numbers[4] == UInt64(pieces.count))
    #expect(numbers[5] == UInt64(bytes.count))
    for (index, piece) in pieces.enumerated() {
      let entry = try (0..<4).map {
        try #require(bytes.load(littleEndian: UInt64.self, at: 4096 + 32 * index + 8 * $0))
      }
      #expect(entry[1] == piece.memory.base)
      #expect(entry[0] % 4096 == entry[1] % 4096)
      #expect(entry[3] == piece.memory.size)
      let expected = try BuildFixture.bytes(of: ImageFile(name: piece.file, contents: piece.contents))
      #expect(entry[2] == UInt64(expected.count))
      #expect(bytes[Int(entry[0])..<Int(entry[0] + entry[2])].elementsEqual(expected))
    }
  }

  @Test("stands where no piece goes and the boot loader does not work, and in nobody's memory if that is possible")
  func place() throws {
    let build = try BuildFixture(SampleManifests.cockpit)
    let plan = build.fixture.plan
    let (image, _, pieces) = try single(build)
    let place = try #require(AddressRange(base: image.address, size: image.size))
    #expect(plan.ram.contains { $0.contains(place) })
    #expect(image.address % (2 << 20) == 0)
    let kept = pieces.map(\.memory) + plan.board.description.loaderRanges + [plan.hypervisor.memory]
    #expect(!kept.contains { $0.overlaps(place) })
    #expect(!plan.domains.flatMap(\.memory).contains { $0.physical.overlaps(place) })
  }

  @Test("is refused when the code of its first page is something else")
  func wrongCode() {
    #expect(throws: InputError.self) { try Relocator([1, 2, 3], file: "relocator.bin") }
    let tooLong = Self.relocator + [UInt8](repeating: 0, count: 4096)
    #expect(throws: InputError.self) { try Relocator(tooLong, file: "relocator.bin") }
  }
}
