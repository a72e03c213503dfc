import HostileSupport

/// Accesses of every size and kind, pairs, exclusives and atomics among them, that begin on one side of a boundary of
/// what is the guest's and end on the other: not a byte of what is beyond may come or go.
struct EdgeForms {
  let surroundings: Surroundings
  let sandbox: Sandbox

  func run(_ name: StaticString, _ report: inout Report) {
    report.attempt(name, .accesses) { tally in
      surroundings.forEachWindow { window in
        across(window.base, &tally)
        across(window.base + window.size, &tally)
      }
    }
  }

  private func across(_ edge: UInt64, _ tally: inout Tally) {
    across(edge, isStore: false, &tally)
    across(edge, isStore: true, &tally)
  }

  /// Each entry of the table is an instruction, how many bytes it touches, and where the first of them is from its base.
  private func across(_ edge: UInt64, isStore: Bool, _ tally: inout Tally) {
    func word(_ index: UInt64) -> UInt32 {
      isStore ? hostile_edge_store_word(index) : hostile_edge_load_word(index)
    }
    var index: UInt64 = 0
    while word(index) != 0 {
      let size = UInt64(word(index + 1))
      let offset = UInt64(bitPattern: Int64(Int32(bitPattern: word(index + 2))))
      for before in 1..<size {
        let first = edge &- before
        if mayTouch(first, isStore), mayTouch(first &+ size &- 1, isStore) { continue }
        expectRefusal(word(index), at: first, base: first &- offset, &tally)
      }
      index += 3
    }
  }

  private func mayTouch(_ address: UInt64, _ isStore: Bool) -> Bool {
    isStore ? surroundings.mayWrite(address) : surroundings.mayRead(address)
  }

  private func expectRefusal(_ instruction: UInt32, at first: UInt64, base: UInt64, _ tally: inout Tally) {
    sandbox.fill(AccessForms.pattern)
    sandbox[0] = base
    let trap = sandbox.run(instruction)
    tally.expectRefusal(trap, at: first, got: UInt64(instruction))
    tally.expect(sandbox[0] == base, value: sandbox[0], at: first)
  }
}
