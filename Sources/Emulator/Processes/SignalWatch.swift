import Foundation

/// Holds back the signals that ask Bulkhead to end, so that a session can end its emulator first.
///
/// The signals are blocked for the calling thread and looked for between two reads: no handler runs at any moment, so
/// there is nothing that could be interrupted half way. SIGPIPE is held back too: a write into a closed pipe then fails.
struct SignalWatch: ~Copyable {
  /// Interrupt and quit from the keyboard, the usual request to end, and the terminal closing.
  static let signals: [Int32] = [SIGINT, SIGQUIT, SIGTERM, SIGHUP]

  private var previous = sigset_t()

  /// Starts holding the signals back.
  init() {
    var held = SignalWatch.set
    sigaddset(&held, SIGPIPE)
    pthread_sigmask(SIG_BLOCK, &held, &previous)
  }

  /// Lets them through again; a pending SIGPIPE that was answered by a failed write is dropped.
  deinit {
    SignalWatch.drop(SIGPIPE)
    var mask = previous
    pthread_sigmask(SIG_SETMASK, &mask, nil)
  }

  /// The signal that came since the last look; it is then done with.
  func arrived() -> Int32? {
    var pending = sigset_t()
    sigpending(&pending)
    guard let signal = SignalWatch.signals.first(where: { sigismember(&pending, $0) == 1 }) else { return nil }
    SignalWatch.drop(signal)
    return signal
  }

  private static var set: sigset_t {
    var set = sigset_t()
    sigemptyset(&set)
    for signal in signals { sigaddset(&set, signal) }
    return set
  }

  /// Takes a pending signal away.
  private static func drop(_ signal: Int32) {
    var pending = sigset_t()
    sigpending(&pending)
    guard sigismember(&pending, signal) == 1 else { return }
    var one = sigset_t()
    sigemptyset(&one)
    sigaddset(&one, signal)
    var taken: Int32 = 0
    sigwait(&one, &taken)
  }
}
