/// What a table below the root translates: its level, and the first input address that it is for.
struct TablePlace: Hashable, Sendable {
  let level: Int
  let input: UInt64
}
