import Diagnostics
import Testing

@Suite("Did you mean")
struct SuggestionsTests {
  @Test(
    "The nearest word is found for slips of the finger",
    arguments: [
      ("citicality", "criticality"), ("memroy", "memory"), ("Cpus", "cpus"), ("on_fault", "on-fault"), ("cpu", "cpus"),
      ("ASIL B", "ASIL-B"),
    ])
  func nearest(word: String, expected: String) {
    let words = ["criticality", "cpus", "memory", "kernel", "on-fault", "ASIL-A", "ASIL-B"]
    #expect(Suggestions.nearest(to: word, among: words) == expected)
  }

  @Test("A word that is like none, an empty one and an endless one get no suggestion")
  func none() {
    #expect(Suggestions.nearest(to: "bandwidth", among: ["cpus", "memory"]) == nil)
    #expect(Suggestions.nearest(to: "", among: ["a"]) == nil)
    #expect(Suggestions.nearest(to: "b", among: ["a"]) == nil)
    #expect(Suggestions.nearest(to: String(repeating: "memory", count: 100_000), among: ["memory"]) == nil)
  }
}
