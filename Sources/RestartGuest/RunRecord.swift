import GuestSupport

/// The number of runs, in a channel's page that the domain writes: the one thing that outlives a run, since others read it.
struct RunRecord {
  let base: UInt64

  /// Counts a run; its number, from 1.
  func begin() -> UInt64 {
    let run = UInt64(guest_load32(base)) + 1
    guest_store32(base, UInt32(truncatingIfNeeded: run))
    return run
  }
}
