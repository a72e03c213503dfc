/// What the `bulkhead` command's exit status means.
public enum CommandStatus: Int32, Sendable {
  /// No finding of severity error.
  case accepted = 0
  /// At least one finding of severity error.
  case rejected = 1
  /// An input is missing, unreadable, or not of its kind at all.
  case unusableInput = 2
  /// Wrong usage (`EX_USAGE` of sysexits.h).
  case usage = 64
}
