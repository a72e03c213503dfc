/// Jumps to where no code of the guest's may lie: what is not its own, the shared page, and its devices.
struct InstructionFetches {
  let surroundings: Surroundings
  let sandbox: Sandbox

  func run(_ report: inout Report) {
    report.attempt("fetch-from-foreign-addresses") { tally in
      surroundings.forEachForeignSample { tally.expectFetchAbort(sandbox.enter($0), at: $0) }
    }
    report.attempt("fetch-from-the-channel") { tally in
      guard let channel = surroundings.channel else { return }
      var address = channel.base
      while channel.contains(address) {
        tally.expectFetchAbort(sandbox.enter(address), at: address)
        address += 0x1000
      }
    }
    report.attempt("fetch-from-devices") { tally in
      let devices: InlineArray<4, UInt64> = [
        surroundings.console.base, surroundings.distributor.base, surroundings.redistributors.base,
        surroundings.privateInterrupts,
      ]
      for index in devices.indices { tally.expectFetchAbort(sandbox.enter(devices[index]), at: devices[index]) }
    }
  }
}
