import Foundation

/// The kernel's device-tree schema checker with its core schemas and our own bindings.
public enum SchemaValidator {
  private static let program = Repository.root + "/.build/cache/python/bin/dt-validate"

  /// Everything that the checker says of some trees, by name; empty if it has nothing to say.
  public static func messages(on trees: [String: [UInt8]]) throws -> String {
    let folder = FileManager.default.temporaryDirectory.path + "/bulkhead-schema-\(UUID().uuidString)"
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(atPath: folder) }
    var files: [String] = []
    for (name, blob) in trees.sorted(by: { $0.key < $1.key }) {
      files.append("\(folder)/\(name).dtb")
      try Data(blob).write(to: URL(filePath: "\(folder)/\(name).dtb"))
    }
    let process = Process()
    process.executableURL = URL(filePath: program)
    process.arguments = ["-s", Repository.root + "/dts/bindings"] + files
    let output = Pipe()
    process.standardOutput = output
    process.standardError = output
    try process.run()
    let text = String(decoding: output.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
    process.waitUntilExit()
    let status = process.terminationStatus
    return status == 0 ? text : text + "dt-validate ends with status \(status)"
  }
}
