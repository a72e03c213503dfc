import Diagnostics
import Foundation

/// A program that runs below this one, with pipes for its standard streams; it never outlives this value.
///
/// The child gets a process group of its own, so that Ctrl-C on the terminal reaches Bulkhead alone, which then ends
/// the child in an orderly way. No shell is involved.
final class ChildProcess {
  /// The child's standard input; non-blocking. -1 once closed.
  private(set) var input: Int32
  /// The child's standard output; non-blocking.
  let output: Int32
  /// The child's standard error; non-blocking. -1 where it is discarded.
  let errors: Int32
  /// This side of the further connections that the child finds at descriptors 3, 4, …; non-blocking.
  let connections: [Int32]

  private let identifier: pid_t
  private var ended: ExitStatus?

  /// Starts a program by its path, without looking at the PATH; it gets this many connections beside its standard
  /// streams.
  init(
    path: String, arguments: [String], discardsErrors: Bool = false, connectionCount: Int = 0
  ) throws(EmulatorError) {
    let pairs = (0..<connectionCount).compactMap { _ in SocketPair() }
    guard let input = PipePair(), let output = PipePair(), let errors = PipePair(), pairs.count == connectionCount
    else { throw ChildProcess.failure(path, errno) }
    let ends = Ends(
      input: input.readEnd, output: output.writeEnd, errors: discardsErrors ? nil : errors.writeEnd,
      connections: pairs.map(\.farEnd))
    let (code, identifier) = ChildProcess.spawn(path, arguments, ends)
    for end in [input.readEnd, output.writeEnd, errors.writeEnd] + ends.connections { close(end) }
    let ours = [input.writeEnd, output.readEnd, errors.readEnd] + pairs.map(\.nearEnd)
    guard code == 0 else {
      for end in ours { close(end) }
      throw ChildProcess.failure(path, code)
    }
    for end in ours { Polling.setNonBlocking(end) }
    connections = pairs.map(\.nearEnd)
    self.input = input.writeEnd
    self.output = output.readEnd
    self.errors = errors.readEnd
    self.identifier = identifier
  }

  deinit {
    terminate()
    closeInput()
    for end in [output, errors] + connections { close(end) }
  }

  /// How it ended; `nil` while it runs.
  func status() -> ExitStatus? {
    if let ended { return ended }
    var waitStatus: Int32 = 0
    guard waitpid(identifier, &waitStatus, WNOHANG) == identifier else { return nil }
    ended = ExitStatus(waitStatus: waitStatus)
    return ended
  }

  /// Asks it to end, insists after five seconds, and waits until it is gone.
  @discardableResult
  func terminate() -> ExitStatus {
    if let status = status() { return status }
    kill(identifier, SIGTERM)
    for _ in 0..<500 {
      if let status = status() { return status }
      usleep(10_000)
    }
    kill(identifier, SIGKILL)
    var waitStatus: Int32 = 0
    while waitpid(identifier, &waitStatus, 0) < 0, errno == EINTR {}
    let status = ExitStatus(waitStatus: waitStatus)
    ended = status
    return status
  }

  /// Writes to its standard input what fits right now. A child that does not read loses what is typed.
  func type(_ bytes: [UInt8]) {
    guard input >= 0 else { return }
    _ = bytes.withUnsafeBytes { write(input, $0.baseAddress, $0.count) }
  }

  /// Ends its standard input.
  func closeInput() {
    guard input >= 0 else { return }
    close(input)
    input = -1
  }

  /// Writes to a further connection what fits right now.
  func type(_ bytes: [UInt8], on connection: Int) {
    guard connections.indices.contains(connection) else { return }
    // A peer that is gone must not end this process by SIGPIPE.
    _ = bytes.withUnsafeBytes { send(connections[connection], $0.baseAddress, $0.count, Int32(MSG_NOSIGNAL)) }
  }

  private struct Ends {
    let input: Int32
    let output: Int32
    let errors: Int32?
    let connections: [Int32]
  }

  private static func spawn(_ path: String, _ arguments: [String], _ ends: Ends) -> (code: Int32, pid_t) {
    #if canImport(Darwin)
      var actions: posix_spawn_file_actions_t?
      var attributes: posix_spawnattr_t?
    #else
      var actions = posix_spawn_file_actions_t()
      var attributes = posix_spawnattr_t()
    #endif
    posix_spawn_file_actions_init(&actions)
    posix_spawnattr_init(&attributes)
    defer {
      posix_spawn_file_actions_destroy(&actions)
      posix_spawnattr_destroy(&attributes)
    }
    posix_spawn_file_actions_adddup2(&actions, ends.input, 0)
    posix_spawn_file_actions_adddup2(&actions, ends.output, 1)
    if let errors = ends.errors {
      posix_spawn_file_actions_adddup2(&actions, errors, 2)
    } else {
      posix_spawn_file_actions_addopen(&actions, 2, "/dev/null", O_WRONLY, 0)
    }
    for (index, end) in ends.connections.enumerated() {
      posix_spawn_file_actions_adddup2(&actions, end, 3 + Int32(index))
    }

    // The signals that a session holds back for itself are the child's to take, in the usual way.
    var none = sigset_t()
    sigemptyset(&none)
    posix_spawnattr_setsigmask(&attributes, &none)
    var usual = sigset_t()
    sigemptyset(&usual)
    for signal in SignalWatch.signals + [SIGPIPE] { sigaddset(&usual, signal) }
    posix_spawnattr_setsigdefault(&attributes, &usual)
    posix_spawnattr_setpgroup(&attributes, 0)
    posix_spawnattr_setflags(
      &attributes, Int16(POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF | POSIX_SPAWN_SETPGROUP))

    var texts: [UnsafeMutablePointer<CChar>?] = ([path] + arguments).map { strdup($0) } + [nil]
    let variables = ProcessInfo.processInfo.environment.map { "\($0.key)=\($0.value)" }
    var environment: [UnsafeMutablePointer<CChar>?] = variables.map { strdup($0) } + [nil]
    defer { for text in texts + environment { free(text) } }
    var identifier: pid_t = 0
    let code = posix_spawn(&identifier, path, &actions, &attributes, &texts, &environment)
    return (code, identifier)
  }

  private static func failure(_ path: String, _ code: Int32) -> EmulatorError {
    EmulatorError(
      Finding(
        EmulatorRules.present, .error, "`\(path)` cannot be started: \(String(cString: strerror(code)))",
        subjects: [path],
        resource: ResourceReference(.file, path), help: "look whether the file is a program for this machine"))
  }
}
