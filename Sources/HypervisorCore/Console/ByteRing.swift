import Synchronization

/// Bytes from one producer to one consumer that run on different CPUs without a lock. `capacity` is a power of two.
///
/// The producer may hold bytes back and publish them together. Both ends count bytes for ever; the difference is what
/// the ring holds.
public struct ByteRing<let capacity: Int>: ~Copyable, Sendable {
  let taken = Atomic<UInt32>(0)
  let published = Atomic<UInt32>(0)
  let appended = Atomic<UInt32>(0)
  let bytes = InlineArray<capacity, Atomic<UInt8>> { _ in Atomic(0) }

  /// An empty ring.
  public init() {}

  /// How many bytes can be appended. For the producer.
  public var room: Int {
    capacity &- Int(appended.load(ordering: .relaxed) &- taken.load(ordering: .acquiring))
  }

  /// How many bytes were appended and not published.
  public var heldBack: Int { Int(appended.load(ordering: .relaxed) &- published.load(ordering: .relaxed)) }

  /// Appends a byte; false if there is no room. For the producer.
  public func append(_ byte: UInt8) -> Bool {
    if room == 0 { return false }
    let index = appended.load(ordering: .relaxed)
    bytes[Int(index) & (capacity &- 1)].store(byte, ordering: .relaxed)
    appended.store(index &+ 1, ordering: .relaxed)
    return true
  }

  /// Shows everything appended to the consumer. For the producer.
  public func publish() { published.store(appended.load(ordering: .relaxed), ordering: .releasing) }

  /// Forgets what was appended and not published. For the producer.
  public func unappend() { appended.store(published.load(ordering: .relaxed), ordering: .relaxed) }

  /// How many bytes can be taken.
  public var count: Int { Int(published.load(ordering: .acquiring) &- taken.load(ordering: .relaxed)) }

  /// The next byte, which stays; nil if there is none. For the consumer.
  public var first: UInt8? {
    let index = taken.load(ordering: .relaxed)
    if published.load(ordering: .acquiring) == index { return nil }
    return bytes[Int(index) & (capacity &- 1)].load(ordering: .relaxed)
  }

  /// Takes the byte that `first` showed. For the consumer, after `first` was not nil.
  public func removeFirst() { taken.store(taken.load(ordering: .relaxed) &+ 1, ordering: .releasing) }
}
