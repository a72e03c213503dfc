import Synchronization

/// The lines of a domain that EL2 makes, a bit each: SPIs of one word, as its record says.
///
/// Any CPU of any domain may assert a level or send a pulse, without a lock. The CPU that a line goes to is asked to look
/// only if that is news: a pulse that nobody has taken yet swallows those that follow. So whoever sends pulses in a loop
/// has the receiver's CPU look at most twice for each interrupt that the receiver takes.
public struct VirtualLines: ~Copyable, Sendable {
  let levels = Atomic<UInt32>(0)
  let pulses = Atomic<UInt32>(0)
  /// Virtual CPUs that the lines go to, four bits each.
  let targets = InlineArray<4, Atomic<UInt32>> { _ in Atomic(0) }

  /// Lines that are not asserted and go to the domain's first CPU.
  public init() {}

  /// Becomes that again. A pulse that another domain's CPU makes at the same time may stay.
  func reset() {
    levels.store(0, ordering: .relaxed)
    pulses.store(0, ordering: .relaxed)
    for index in targets.indices { targets[index].store(0, ordering: .relaxed) }
  }

  /// Lines whose level is asserted, or that have a pulse which no list register has.
  public var asserted: UInt32 { levels.load(ordering: .acquiring) | pulses.load(ordering: .acquiring) }

  /// The virtual CPU that a line goes to.
  public func target(_ line: UInt32) -> Int {
    Int(targets[Int(line >> 3) & 3].load(ordering: .relaxed) >> ((line & 7) &* 4) & 15)
  }

  /// Sends a line to another virtual CPU. Under the domain's lock.
  func setTarget(_ line: UInt32, _ cpu: Int) {
    let shift = (line & 7) &* 4
    let old = targets[Int(line >> 3) & 3].load(ordering: .relaxed)
    let new = old & ~(15 << shift) | (UInt32(truncatingIfNeeded: cpu) & 15) << shift
    targets[Int(line >> 3) & 3].store(new, ordering: .relaxed)
  }

  /// Latches a pulse; whether that is news.
  func pulse(_ line: UInt32) -> Bool {
    pulses.bitwiseOr(Self.bit(line), ordering: .acquiringAndReleasing).oldValue & Self.bit(line) == 0
  }

  /// Latches pulses that a list register gave back.
  func putBack(_ bits: UInt32) { pulses.bitwiseOr(bits, ordering: .relaxed) }

  /// Takes pulses.
  ///
  /// - Returns: those of `bits` that there were.
  func take(_ bits: UInt32) -> UInt32 { pulses.bitwiseAnd(~bits, ordering: .acquiringAndReleasing).oldValue & bits }

  /// Sets a line's level; whether it had another one.
  func setLevel(_ line: UInt32, _ isAsserted: Bool) -> Bool {
    let bit = Self.bit(line)
    let old =
      isAsserted
      ? levels.bitwiseOr(bit, ordering: .acquiringAndReleasing).oldValue
      : levels.bitwiseAnd(~bit, ordering: .acquiringAndReleasing).oldValue
    return (old & bit != 0) != isAsserted
  }

  /// The bit of a line in the word.
  static func bit(_ line: UInt32) -> UInt32 { 1 &<< (line & 31) }
}
