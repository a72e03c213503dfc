import Diagnostics
import Foundation

/// A command that ends by itself, whose output is wanted.
public enum BoundedCommand {
  /// What came of it.
  public struct Result: Hashable, Sendable {
    /// Its standard output, the first megabyte.
    public let output: String
    /// Its standard error, the first megabyte.
    public let errors: String
    /// How it ended; `nil` if its time was over, or it said too much, and it was stopped.
    public let end: ExitStatus?
  }

  /// The most output that is kept, in bytes.
  private static let outputLimit = 1 << 20

  /// Runs a program, given by its path, until it ends or its time is over (it is then stopped).
  ///
  /// - Throws: A finding if it cannot be started.
  public static func run(_ path: String, arguments: [String], seconds: Int64) throws(EmulatorError) -> Result {
    let child = try ChildProcess(path: path, arguments: arguments)
    child.closeInput()
    let clock = ContinuousClock()
    let deadline = clock.now + .seconds(seconds)
    var texts: [Int32: [UInt8]] = [child.output: [], child.errors: []]
    var open = [child.output, child.errors]
    while clock.now < deadline, !open.isEmpty, texts.values.allSatisfy({ $0.count < outputLimit }) {
      for descriptor in Polling.wait(for: open, milliseconds: 100) {
        switch Polling.read(descriptor) {
        case .bytes(let bytes): texts[descriptor, default: []] += bytes
        case .nothing: continue
        case .ended: open.removeAll { $0 == descriptor }
        }
      }
    }
    // Its output has ended, and so will it.
    while open.isEmpty, clock.now < deadline, child.status() == nil { usleep(500) }
    let end = child.status()
    child.terminate()
    return Result(
      output: String(decoding: texts[child.output, default: []], as: UTF8.self),
      errors: String(decoding: texts[child.errors, default: []], as: UTF8.self), end: end)
  }

  /// What a program prints on its standard output before it ends, or before the time is over.
  static func output(of path: String, arguments: [String], seconds: Int64) throws(EmulatorError) -> String {
    try run(path, arguments: arguments, seconds: seconds).output
  }
}
