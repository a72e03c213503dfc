import Foundation

/// A device tree of a test's own, compiled by dtc.
public enum CompiledTree {
  /// dtc refused the source.
  public struct Failure: Error {
    /// dtc's exit status.
    public let status: Int32
  }

  /// The flattened form of a source text. dtc's warnings are silenced and its checks do not count, because tests write
  /// what they should not.
  public static func bytes(of source: String, symbols: Bool = false) throws -> [UInt8] {
    let process = Process()
    process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
    process.arguments = ["dtc", "-q", "-f", "-I", "dts", "-O", "dtb"] + (symbols ? ["-@"] : []) + ["-"]
    let input = Pipe()
    let output = Pipe()
    process.standardInput = input
    process.standardOutput = output
    process.standardError = FileHandle.nullDevice
    try process.run()
    try input.fileHandleForWriting.write(contentsOf: Data(source.utf8))
    try input.fileHandleForWriting.close()
    let data = try output.fileHandleForReading.readToEnd() ?? Data()
    process.waitUntilExit()
    guard !data.isEmpty else { throw Failure(status: process.terminationStatus) }
    return [UInt8](data)
  }

  /// The same for what stands inside the root node.
  public static func bytes(ofRoot body: String, symbols: Bool = false) throws -> [UInt8] {
    try bytes(of: "/dts-v1/;\n/ {\n\(body)\n};\n", symbols: symbols)
  }
}
