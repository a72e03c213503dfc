import Diagnostics

/// One respect in which something is not as a lock records it.
public struct LockDifference: Hashable, Sendable {
  /// The input or the address.
  public let subject: String
  /// What became of it: `has changed`, `is 0x… now and 0x… in the lock`.
  public let words: String
  /// Where it stands in the lock; `nil` if it does not.
  public let span: SourceSpan?

  /// Subject and words as one sentence.
  public var message: String { "\(Quotation.printable(subject)) \(Quotation.printable(words))" }
}
