import Foundation
import Manifest
import Testing

@Suite("The JSON Schema for editors")
struct ManifestSchemaTests {
  private static let file = Project.root + "/boards/manifest.schema.json"

  /// With BULKHEAD_UPDATE in the environment the test writes the file first.
  @Test("The committed schema is the generated one")
  func committed() throws {
    if ProcessInfo.processInfo.environment["BULKHEAD_UPDATE"] != nil {
      try ManifestSchema.json.write(toFile: Self.file, atomically: true, encoding: .utf8)
    }
    let committed = try String(contentsOfFile: Self.file, encoding: .utf8)
    #expect(committed == ManifestSchema.json, "run `BULKHEAD_UPDATE=1 swift test --filter ManifestSchemaTests`")
  }
}
