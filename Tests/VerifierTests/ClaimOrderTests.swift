import Testing

@testable import Verifier

@Suite("The verifier's claims")
struct ClaimOrderTests {
  @Test("stand in the order of their ids, each once, as those who check a certificate expect them")
  func order() {
    let ids = ClaimBook.all.map { $0.description.id.rawValue }
    #expect(ids == Set(ids).sorted())
  }
}
