import Testing

@testable import Verifier

@Suite("A node's name with a number")
struct NumberedNameTests {
  @Test("is its name without one, or with it")
  func candidates() {
    let clock = NumberedName("clock-2", separator: "-", first: 2)
    #expect(clock.candidates == ["clock-2", "clock"])
    #expect(clock.number == 2)
    #expect(NumberedName("led@8,1", separator: ",", first: 1).candidates == ["led@8,1", "led@8"])
  }

  @Test("is no number below the first, with a zero before it, or without digits")
  func others() {
    for name in ["clock-1", "clock-02", "clock-x", "clock-", "-2", "clock", "clock--2x"] {
      let name = NumberedName(name, separator: "-", first: 2)
      #expect(name.number == nil)
      #expect(name.candidates.count == 1)
    }
  }
}
