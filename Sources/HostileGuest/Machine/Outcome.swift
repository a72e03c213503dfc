/// How an attempt ended, and what else is counted of attempts.
enum Outcome: Int {
  /// An abort of the access.
  case fault
  /// An undefined instruction.
  case undefined
  /// Another exception, taken by the guest itself: a trap of its own EL1's, an SVC, a misaligned PC.
  case exception
  /// The hypervisor answered in place of what was asked: a virtual device, a register that shows nothing, NOT_SUPPORTED.
  case emulated
  /// No exception, and nothing came of it: a hint, cache maintenance that moves nobody's data.
  case ignored
  /// It reached what is the guest's own: a register of its EL1, its virtual CPU interface, its timer.
  case own
  /// No attempt, but a look at what came of one: a value that was read back, a register that had to stay as it was.
  case check
  /// It got through, or a look showed that one did.
  case escape

  /// How many there are.
  static var count: Int { 8 }

  /// As the table has it.
  var name: StaticString {
    switch self {
    case .fault: "fault"
    case .undefined: "undefined"
    case .exception: "exception"
    case .emulated: "emulated"
    case .ignored: "ignored"
    case .own: "own"
    case .check: "checks"
    case .escape: "escapes"
    }
  }
}
