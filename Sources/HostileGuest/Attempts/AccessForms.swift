import HostileSupport

/// Every form of load, store, exclusive, atomic and cache instruction, on addresses of others.
struct AccessForms {
  let surroundings: Surroundings
  let sandbox: Sandbox

  static var pattern: UInt64 { 0x5EED_5EED_5EED_5EED }

  /// With the MMU off.
  func run(_ report: inout Report) {
    report.attempt("access-loads-of-every-form", .accesses) { loads(&$0) }
    report.attempt("access-stores-of-every-form", .accesses) { stores(&$0) }
    report.attempt("access-cache-maintenance-and-hints", .accesses) { harmless(&$0) }
    report.attempt("channel-write-in-every-form", .accesses) { channelStores(&$0) }
  }

  /// With the guest's own translation on, all of memory Normal: now unaligned accesses get as far as stage 2.
  func runTranslated(_ report: inout Report) {
    report.attempt("translated-loads-of-every-form", .accesses) { loads(&$0) }
    report.attempt("translated-stores-of-every-form", .accesses) { stores(&$0) }
    report.attempt("translated-channel-write-in-every-form", .accesses) { channelStores(&$0) }
    report.attempt("translated-access-across-the-edge", .accesses) { edges(&$0) }
  }

  private func loads(_ tally: inout Tally) {
    surroundings.forEachForeignSample { address in FormTable.loads.forEach { expectRefusal($0, at: address, &tally) } }
  }

  private func stores(_ tally: inout Tally) {
    surroundings.forEachForeignSample { address in FormTable.stores.forEach { expectRefusal($0, at: address, &tally) } }
  }

  private func channelStores(_ tally: inout Tally) {
    guard let channel = surroundings.channel else { return }
    var address = channel.base + 0x800
    while channel.contains(address) {
      FormTable.stores.forEach { expectRefusal($0, at: address, &tally) }
      address += 0x1000
    }
  }

  /// What may be carried out without a word; the aborts are counted, and the addresses are refused afterwards as before.
  private func harmless(_ tally: inout Tally) {
    surroundings.forEachForeignSample { address in
      FormTable.harmless.forEach { form in
        prepare(address)
        tally.tried(sandbox.run(form))
      }
      let value = hostile_load64(address)
      tally.expectAbort(Trap.take(), at: address, got: value)
    }
  }

  /// Accesses that begin in what is the guest's and end in what is not, and the other way round.
  private func edges(_ tally: inout Tally) {
    surroundings.forEachWindow { window in
      for shift in UInt64(1)...3 {
        cross(window.base, size: 1 << shift, &tally)
        cross(window.base + window.size, size: 1 << shift, &tally)
      }
    }
  }

  private func cross(_ edge: UInt64, size: UInt64, _ tally: inout Tally) {
    for before in 1..<size {
      let first = edge &- before
      guard !surroundings.mayRead(first) || !surroundings.mayRead(first &+ size &- 1) else { continue }
      let value = size == 2 ? hostile_load16(first) : size == 4 ? hostile_load32(first) : hostile_load64(first)
      tally.expectAbort(Trap.take(), at: first, got: value)
    }
  }

  private func expectRefusal(_ form: UInt32, at address: UInt64, _ tally: inout Tally) {
    prepare(address)
    let trap = sandbox.run(form)
    tally.expectRefusal(trap, at: address, got: UInt64(form))
    // An aborted access leaves its base register as it was, and puts nothing there.
    tally.expect(sandbox[0] == address, value: sandbox[0], at: address)
  }

  private func prepare(_ address: UInt64) {
    sandbox.fill(AccessForms.pattern)
    sandbox[0] = address
    sandbox[3] = 0
  }
}
