import Foundation

/// Requests to end (Ctrl-C, the usual request, a closed terminal) that wait until something is done with as a whole.
enum HeldSignals {
  /// Runs `body`; a request that comes meanwhile takes effect behind it. A session of the emulator in `body` still ends
  /// at once: it looks for requests that wait.
  static func during<Result>(_ body: () throws -> Result) rethrows -> Result {
    var held = sigset_t()
    sigemptyset(&held)
    for signal in [SIGINT, SIGTERM, SIGHUP] { sigaddset(&held, signal) }
    var previous = sigset_t()
    pthread_sigmask(SIG_BLOCK, &held, &previous)
    defer { pthread_sigmask(SIG_SETMASK, &previous, nil) }
    return try body()
  }
}
