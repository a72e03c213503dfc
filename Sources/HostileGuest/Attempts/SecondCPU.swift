import GuestSupport
import HostileSupport

/// Attacks from both CPUs at once.
struct SecondCPU {
  let surroundings: Surroundings

  func run(_ report: inout Report) {
    both(.hints, "cpu-waits-and-events", count: 100_000, &report)
    both(.interruptStorm, "sgi-storm-between-own-cpus", count: 100_000, &report)
    report.attempt("psci-on-and-off-and-on", .bothCPUs, .emulated) { onAndOff(&$0) }
    both(.deviceAccesses, "fuzz-device-accesses", count: 100_000, &report)
    both(.systemInstructions, "fuzz-system-instructions", count: 60_000, &report)
    both(.memoryInstructions, "fuzz-memory-instructions", count: 60_000, &report)
  }

  private func both(_ task: Task, _ name: StaticString, count: UInt64, _ report: inout Report) {
    report.attempt(name, .bothCPUs, task.completion) { both(task, count: count, &$0) }
  }

  private func both(_ task: Task, count: UInt64, _ tally: inout Tally) {
    Mailbox.send(task, seed: 2, count: count)
    task.run(surroundings, seed: 1, count: count, &tally)
    let until = guest_counter() + 120 * guest_counter_frequency()
    while !Mailbox.isAnswered {
      if guest_counter() > until {
        tally.lose()
        return
      }
    }
    Mailbox.take(&tally)
  }

  /// The second CPU turns itself off, the first turns it on again as soon as that is accepted, a thousand times.
  private func onAndOff(_ tally: inout Tally) {
    let entry = hostile_second_entry_address()
    for _ in 0..<1000 {
      Mailbox.send(.turnOff, seed: 0, count: 0)
      let until = guest_counter() + 60 * guest_counter_frequency()
      var answer = Call.hvc(0xC400_0003, 1, entry, 0)
      while answer.value != 0, guest_counter() < until {
        _ = Call.hvc(0xC400_0004, 1, 0)
        answer = Call.smc(0xC400_0003, 1, entry, 0)
      }
      // A CPU that cannot be turned on any more is no break-out, but what follows would mean nothing.
      if answer.value != 0 {
        tally.lose()
        return
      }
      tally.tried()
    }
  }
}
