import Foundation
import TestSupport

/// The `bulkhead` program as a person runs it.
struct Tool {
  /// What a run of it gave.
  struct Outcome {
    let status: Int32
    let output: String
    let diagnostics: String
    /// Whether it ended by itself and not by a signal.
    let isOrderly: Bool
  }

  /// The program that was built beside these tests.
  static let path = built("bulkhead")
  /// The program that checks certificates.
  static let recheck = built("bulkhead-recheck")

  /// Runs a program to its end.
  ///
  /// - Parameter environment: What is set beside this process's own environment.
  static func run(
    _ arguments: [String], program: String = path, folder: String = Repository.root,
    environment: [String: String] = [:]
  ) throws -> Outcome {
    let process = Process()
    process.executableURL = URL(fileURLWithPath: program)
    process.arguments = arguments
    process.environment = ProcessInfo.processInfo.environment.merging(environment) { $1 }
    process.currentDirectoryURL = URL(fileURLWithPath: folder)
    process.standardInput = FileHandle.nullDevice
    let scratch = try Scratch()
    let output = try capture(scratch.path + "/output")
    let diagnostics = try capture(scratch.path + "/diagnostics")
    process.standardOutput = output
    process.standardError = diagnostics
    try process.run()
    process.waitUntilExit()
    return Outcome(
      status: process.terminationStatus, output: try text(scratch.path + "/output"),
      diagnostics: try text(scratch.path + "/diagnostics"), isOrderly: process.terminationReason == .exit)
  }

  /// Into files and not pipes: a pipe that nobody empties while waiting would hang a talkative run.
  private static func capture(_ file: String) throws -> FileHandle {
    try Data().write(to: URL(fileURLWithPath: file))
    return try FileHandle(forWritingTo: URL(fileURLWithPath: file))
  }

  private static func text(_ file: String) throws -> String {
    String(decoding: try Data(contentsOf: URL(fileURLWithPath: file)), as: UTF8.self)
  }

  private static func built(_ name: String) -> String {
    let candidate = Bundle.main.executableURL?.deletingLastPathComponent().appendingPathComponent(name).path
    guard let candidate, FileManager.default.isExecutableFile(atPath: candidate) else {
      return "\(Repository.root)/.build/debug/\(name)"
    }
    return candidate
  }
}
