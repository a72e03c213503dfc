import Diagnostics
import Foundation
import Testing

@testable import Manifest

@Suite("Manifests of several files")
struct JoiningTests {
  /// Writes files into a folder of their own and reads `main.yaml`.
  private func read(_ files: [String: String]) throws -> (reading: ManifestReading, folder: String) {
    let folder = FileManager.default.temporaryDirectory.appending(path: "bulkhead-\(UUID().uuidString)")
    defer { try? FileManager.default.removeItem(at: folder) }
    for (name, text) in files {
      let file = folder.appending(path: name)
      try FileManager.default.createDirectory(
        at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
      try text.write(to: file, atomically: true, encoding: .utf8)
    }
    return (try ManifestReader.read(file: folder.path + "/main.yaml"), folder.path)
  }

  private let radio = """
    manifest: 1
    domains:
      radio:
        cpus: [1, 2]
        memory: 1 GiB
        kernel: images/Image
        features: { pmu: off, sve: off }
    """

  @Test("Sections are joined key by key, paths count from the file that names them, and places point there")
  func joining() throws {
    let (reading, folder) = try read([
      "common/radio.yaml": radio,
      "main.yaml": Samples.small + "  radio: { criticality: QM }\ninclude: [common/radio.yaml]\n",
    ])
    #expect(reading.findings.isEmpty)
    let manifest = try #require(reading.manifest)
    #expect(manifest.domains.map(\.name.value) == ["radio", "cluster"])
    let radio = try #require(manifest.domains.first)
    #expect(radio.criticality?.value == .qualityManaged)
    #expect(radio.kernel?.value == folder + "/common/images/Image")
    #expect(radio.kernel?.span?.start == SourcePosition(file: folder + "/common/radio.yaml", line: 6, column: 13))
    #expect(manifest.domains.last?.kernel?.value == folder + "/cluster.bin")
    #expect(manifest.file == folder + "/main.yaml" && manifest.name.value == "main")
    #expect(reading.files == [folder + "/main.yaml", folder + "/common/radio.yaml"])
  }

  @Test("A mark lets the upper file win for the keys beside it, and a list is replaced as a whole")
  func overriding() throws {
    let text =
      Samples.small + """
          radio:
            override: true
            cpus: [1]
            memory: 2 GiB
        include: [radio.yaml]
        """
    let (reading, folder) = try read(["radio.yaml": radio, "main.yaml": text])
    #expect(reading.findings.isEmpty)
    let domain = try #require(reading.manifest?.domains.first)
    #expect(domain.cpus.map(\.value) == [.index(1)])
    #expect(domain.memory.map(\.size.value) == [2 << 30])
    #expect(domain.memory.first?.span.start.file == folder + "/main.yaml")
    #expect(domain.features.count == 2)
  }

  @Test("A mark does not reach into sections below, and the finding shows both places")
  func depthOfMark() throws {
    let text =
      Samples.small + """
          radio:
            override: true
            memory: 2 GiB
            features: { pmu: on }
        include: [radio.yaml]
        """
    let (reading, folder) = try read(["radio.yaml": radio, "main.yaml": text])
    let finding = try #require(reading.findings.first)
    #expect(reading.findings.count == 1 && finding.rule == ManifestRules.setTwice.id)
    #expect(
      finding.spans.map(\.start) == [
        SourcePosition(file: folder + "/main.yaml", line: 11, column: 17),
        SourcePosition(file: folder + "/radio.yaml", line: 7, column: 17),
      ])
    #expect(reading.manifest?.domains.first?.features.first?.isOn.value == false)
    let marked = text.replacing("{ pmu: on }", with: "{ override: true, pmu: off }")
    #expect(try read(["radio.yaml": radio, "main.yaml": marked]).reading.findings.isEmpty)
  }

  @Test("Of two included files that set the same, the later needs the mark")
  func siblings() throws {
    let main = Samples.small + "include: [one.yaml, two.yaml]\n"
    let one = "hypervisor: { memory: 2 MiB }"
    let clash = try read(["main.yaml": main, "one.yaml": one, "two.yaml": "hypervisor: { memory: 4 MiB }"])
    #expect(clash.reading.findings.map(\.rule) == [ManifestRules.setTwice.id])
    let marked = try read([
      "main.yaml": main, "one.yaml": one, "two.yaml": "hypervisor: { memory: 4 MiB, override: true }",
    ])
    #expect(marked.reading.findings.isEmpty)
    #expect(marked.reading.manifest?.hypervisor.memory?.value == 4 << 20)
  }

  @Test("A mark at the top of a file holds for its own keys, not for its domains")
  func markAtTheTop() throws {
    let base = "board: rpi4\n" + radio
    let text = "override: true\n" + Samples.small + "  radio: { memory: 2 GiB }\ninclude: [base.yaml]\n"
    let (reading, _) = try read(["base.yaml": base, "main.yaml": text])
    #expect(reading.findings.map(\.rule) == [ManifestRules.setTwice.id])
    #expect(reading.findings.first?.subjects == ["domains.radio.memory"])
    #expect(reading.manifest?.board.value == "qemu-virt")
  }

  @Test("The mark is no name of a domain, and must be true or false")
  func markAsKey() throws {
    let domain = try read(["main.yaml": Samples.small.replacing("cluster:", with: "override:")])
    #expect(domain.reading.findings.isEmpty)
    #expect(domain.reading.manifest?.domains.map(\.name.value) == ["override"])
    let odd = try read(["main.yaml": Samples.small + "override: please\n"])
    #expect(odd.reading.findings.map(\.rule) == [ManifestRules.unknownWord.id])
    #expect(odd.reading.manifest == nil)
  }

  @Test("An included file of another version, or that is no manifest, is refused where it stands")
  func otherVersion() throws {
    let main = Samples.small + "include: [other.yaml]\n"
    for (text, rule) in [
      ("manifest: 2", ManifestRules.version), ("- a", ManifestRules.wrongType), ("", YAMLRules.oneDocument),
    ] {
      let (reading, folder) = try read(["main.yaml": main, "other.yaml": text])
      #expect(reading.findings.map(\.rule) == [rule.id])
      #expect(reading.findings.first?.spans.first?.start.file == folder + "/other.yaml")
      #expect(reading.manifest == nil)
    }
    #expect(throws: InputError.self) { try read(["main.yaml": main, "other.yaml": "a: ["]) }
    #expect(throws: InputError.self) { try read(["main.yaml": main]) }
  }

  @Test("A file that is included twice by different ways joins with itself only where it says the same once")
  func diamond() throws {
    let (reading, _) = try read([
      "main.yaml": Samples.small + "include: [a.yaml, b.yaml]\n", "a.yaml": "include: [base.yaml]",
      "b.yaml": "include: [base.yaml]", "base.yaml": "hypervisor: { memory: 2 MiB }",
    ])
    #expect(reading.findings.map(\.rule) == [ManifestRules.setTwice.id])
  }

  @Test("More files than anybody needs are refused")
  func manyFiles() throws {
    var files = ["main.yaml": Samples.small + "include: [\((0..<70).map { "f\($0).yaml" }.joined(separator: ", "))]\n"]
    for index in 0..<70 { files["f\(index).yaml"] = "disabled: []" }
    files = files.mapValues { $0.replacing("disabled: []", with: "{}") }
    let (reading, _) = try read(files)
    #expect(reading.findings.contains { $0.rule == ManifestRules.includeLimit.id })
  }
}
