/// One entry of `interrupts` or `interrupts-extended`, not yet followed.
struct InterruptListItem: Sendable {
  /// The node that the specifier is written for.
  let parent: Int
  let specifier: [UInt32]
}
