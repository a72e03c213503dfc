import Foundation
import Testing
import TestSupport

/// Python's jsonschema with a YAML 1.2 reader, as editors use them: a judge that shares no code with the parser.
enum JSONSchemaValidator {
  private static let script = """
    import json, sys
    from jsonschema import Draft7Validator
    from ruamel.yaml import YAML
    schema = json.load(open(sys.argv[1]))
    Draft7Validator.check_schema(schema)
    validator = Draft7Validator(schema)
    for name in sys.argv[2:]:
        document = YAML(typ="safe", pure=True).load(open(name))
        error = next(iter(validator.iter_errors(document)), None)
        print("valid" if error is None else error.message.splitlines()[0])
    """

  /// For each file `valid`, or what is wrong with it.
  static func verdicts(on files: [String], schema: String) throws -> [String] {
    let python = Repository.root + "/.build/cache/python/bin/python3"
    try #require(FileManager.default.isExecutableFile(atPath: python), "run `make setup` first")
    let process = Process()
    process.executableURL = URL(fileURLWithPath: python)
    process.arguments = ["-c", script, schema] + files
    let output = Pipe()
    process.standardOutput = output
    try process.run()
    let data = try output.fileHandleForReading.readToEnd() ?? Data()
    process.waitUntilExit()
    #expect(process.terminationStatus == 0)
    return String(decoding: data, as: UTF8.self).split(separator: "\n").map(String.init)
  }

  /// The same for texts.
  static func verdicts(onTexts texts: [String], schema: String) throws -> [String] {
    let folder = FileManager.default.temporaryDirectory.appending(path: "bulkhead-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    let files = try texts.enumerated().map { index, text in
      let file = folder.appending(path: "\(index).yaml")
      try text.write(to: file, atomically: true, encoding: .utf8)
      return file.path
    }
    return try verdicts(on: files, schema: schema)
  }
}
