import ImageFormat

/// When a domain restarted: as many times as the largest limit counts. Touched by the domain's first CPU alone. Zeroed
/// memory is a domain that never did.
public struct RestartHistory {
  var times = InlineArray<15, UInt64>(repeating: 0)
  /// Restarts so far.
  public private(set) var count: UInt32 = 0

  /// A domain that never restarted.
  public init() {}

  /// Notes a restart unless `limit` others were within the window before it.
  ///
  /// - Parameters:
  ///   - now: CNTPCT_EL0.
  ///   - window: in its ticks.
  ///   - limit: 1 to `Limits.restarts`; 0 allows none, and more count as that many.
  /// - Returns: whether it may happen.
  public mutating func admit(now: UInt64, window: UInt64, limit: UInt32) -> Bool {
    let limit = min(limit, UInt32(Limits.restarts))
    if limit == 0 || count >= limit && now &- times[place(count &- limit)] < window { return false }
    times[place(count)] = now
    count = count == .max ? UInt32(Limits.restarts) : count &+ 1
    return true
  }

  func place(_ number: UInt32) -> Int { Int(number % UInt32(Limits.restarts)) }
}
