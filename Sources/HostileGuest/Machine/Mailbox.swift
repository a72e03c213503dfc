import HostileSupport

/// How the first CPU tells the second what to do and hears what came of it. Both run with the MMU off, so that a barrier
/// is all the ordering that is needed.
enum Mailbox {
  private static var task: UInt64 { 0 }
  private static var seed: UInt64 { 1 }
  private static var count: UInt64 { 2 }
  private static var place: UInt64 { 3 }
  private static var loot: UInt64 { 4 }
  /// The first of the words that hold the outcomes.
  private static var outcomes: UInt64 { 8 }

  /// Gives the second CPU a task.
  static func send(_ task: Task, seed: UInt64, count: UInt64) {
    hostile_mailbox_write(Mailbox.seed, seed)
    hostile_mailbox_write(Mailbox.count, count)
    hostile_barrier()
    hostile_mailbox_write(Mailbox.task, task.rawValue)
    hostile_barrier()
  }

  /// For the second CPU: the task, its seed and its count; `nil` while there is none.
  static func receive() -> (task: Task, seed: UInt64, count: UInt64)? {
    guard let task = Task(rawValue: hostile_mailbox_read(Mailbox.task)) else { return nil }
    hostile_barrier()
    return (task, hostile_mailbox_read(Mailbox.seed), hostile_mailbox_read(Mailbox.count))
  }

  /// For the second CPU: the task is done.
  static func answer(_ tally: Tally) {
    Outcomes.forEach { hostile_mailbox_write(word(of: $0), tally.outcomes[$0]) }
    hostile_mailbox_write(Mailbox.place, tally.place)
    hostile_mailbox_write(Mailbox.loot, tally.loot)
    hostile_barrier()
    hostile_mailbox_write(Mailbox.task, 0)
  }

  /// Whether the second CPU has answered.
  static var isAnswered: Bool { hostile_mailbox_read(Mailbox.task) == 0 }

  /// Adds the answer to a tally.
  static func take(_ tally: inout Tally) {
    hostile_barrier()
    var outcomes = Outcomes()
    Outcomes.forEach { outcomes[$0] = hostile_mailbox_read(word(of: $0)) }
    tally.add(outcomes, place: hostile_mailbox_read(Mailbox.place), loot: hostile_mailbox_read(Mailbox.loot))
  }

  private static func word(of outcome: Outcome) -> UInt64 { outcomes + UInt64(outcome.rawValue) }
}
