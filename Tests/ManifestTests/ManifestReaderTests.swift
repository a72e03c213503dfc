import Diagnostics
import Testing

@testable import Manifest

@Suite("Reading a manifest")
struct ManifestReaderTests {
  @Test("Every key of the format is read into the model with its place")
  func everything() throws {
    let reading = try ManifestReader.read(text: Samples.everything, file: "folder/cockpit.yaml")
    let manifest = try #require(reading.manifest)
    #expect(manifest.name.value == "cockpit")
    #expect(manifest.deviceTree?.value == "folder/path/to/board.dtb")
    #expect(manifest.domains.map(\.name.value) == ["cluster", "infotainment"])
    #expect(reading.findings.allSatisfy { $0.rule.rawValue.hasPrefix("BH-SUP-") })
  }
}
