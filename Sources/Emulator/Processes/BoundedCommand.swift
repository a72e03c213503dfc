import Diagnostics

/// A short command whose output is wanted.
enum BoundedCommand {
  /// The most output that is kept, in bytes.
  private static let outputLimit = 1 << 20

  /// What a program prints on its standard output before it ends, or before the time is over (it is then stopped).
  static func output(of path: String, arguments: [String], seconds: Int64) throws(EmulatorError) -> String {
    let child = try ChildProcess(path: path, arguments: arguments, discardsErrors: true)
    child.closeInput()
    let clock = ContinuousClock()
    let deadline = clock.now + .seconds(seconds)
    var output: [UInt8] = []
    reading: while clock.now < deadline, output.count < outputLimit {
      guard Polling.wait(for: [child.output], milliseconds: 100).contains(child.output) else { continue }
      switch Polling.read(child.output) {
      case .bytes(let bytes): output += bytes
      case .nothing: continue
      case .ended: break reading
      }
    }
    child.terminate()
    return String(decoding: output, as: UTF8.self)
  }
}
