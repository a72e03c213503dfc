import Foundation

/// Hands every key to the guest as it is typed, Ctrl-Z among them, while Ctrl-C still ends the run; the terminal is put
/// back afterwards.
struct KeyboardMode: ~Copyable {
  private let original: termios?

  /// Changes the terminal on standard input; does nothing where that is no terminal, or one that belongs to another
  /// process group at the moment (a background job would be stopped for touching it).
  init() {
    var settings = termios()
    guard isatty(0) == 1, tcgetpgrp(0) == getpgrp(), tcgetattr(0, &settings) == 0 else {
      original = nil
      return
    }
    original = settings
    settings.c_lflag &= ~tcflag_t(ICANON | ECHO)
    settings.c_iflag &= ~tcflag_t(ICRNL | IXON)
    let disabled = UInt8(truncatingIfNeeded: fpathconf(0, Int32(_PC_VDISABLE)))
    withUnsafeMutableBytes(of: &settings.c_cc) { $0[Int(VSUSP)] = disabled }
    tcsetattr(0, TCSANOW, &settings)
  }

  deinit {
    guard var original else { return }
    tcsetattr(0, TCSANOW, &original)
  }
}
