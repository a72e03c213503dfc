import Diagnostics

/// One line of a lock file: a thing and the hash or address that it had.
public struct LockEntry: Hashable, Sendable {
  /// What it is: `domains.cluster.kernel build/cluster.bin`, `domains.cluster.memory[0]`.
  public let subject: String
  /// 64 hexadecimal digits of SHA-256, or the addresses.
  public let value: String
  /// Where the value stands in the lock file; `nil` in a lock that was just made.
  public let span: SourceSpan?

  /// Makes an entry.
  init(_ subject: String, _ value: String, span: SourceSpan? = nil) {
    self.subject = subject
    self.value = value
    self.span = span
  }
}
