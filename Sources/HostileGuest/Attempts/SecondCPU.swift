import GuestSupport
import HostileSupport

/// Attacks from both CPUs at once.
struct SecondCPU {
  let surroundings: Surroundings

  func run(_ report: inout Report) {
    report.attempt("cpu-waits-and-events") { both(.hints, count: 100_000, &$0) }
    report.attempt("fuzz-device-accesses") { both(.deviceAccesses, count: 100_000, &$0) }
    report.attempt("fuzz-system-instructions") { both(.systemInstructions, count: 60_000, &$0) }
    report.attempt("fuzz-memory-instructions") { both(.memoryInstructions, count: 60_000, &$0) }
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
}
