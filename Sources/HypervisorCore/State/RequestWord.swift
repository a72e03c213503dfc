import Synchronization

/// What other CPUs ask of a CPU: set by them, taken by it after EL2's own SGI.
public struct RequestWord: ~Copyable, Sendable {
  let bits = Atomic<UInt32>(0)

  /// Nothing asked.
  public init() {}

  /// Adds requests. What was written before is visible to the CPU that takes them.
  public func add(_ requests: Requests) { bits.bitwiseOr(requests.rawValue, ordering: .releasing) }

  /// Withdraws requests that were not taken yet.
  public func withdraw(_ requests: Requests) { bits.bitwiseAnd(~requests.rawValue, ordering: .relaxed) }

  /// What is asked, without taking it.
  public var current: Requests { Requests(rawValue: bits.load(ordering: .relaxed)) }

  /// Takes everything that is asked.
  public func take() -> Requests { Requests(rawValue: bits.exchange(0, ordering: .acquiring)) }
}
