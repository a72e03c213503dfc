import BulkheadKit
import Foundation
import Testing
import TestSupport

@Suite("Verifying a built folder")
struct VerifyTests {
  private let scratch: Scratch

  init() throws { scratch = try Scratch() }

  private var folder: String { scratch.path + "/out" }

  /// A folder of two small domains; the manifest lies in `in`, one of its domains in an included file.
  private func built(_ extra: String = "") throws -> String {
    let kernel = try Data(contentsOf: URL(fileURLWithPath: Repository.root + "/.build/guests/cluster.bin"))
    for name in ["in/kernels", "in/common"] {
      try FileManager.default.createDirectory(atPath: scratch.path + "/" + name, withIntermediateDirectories: true)
    }
    for name in ["left", "right"] { _ = try scratch.file("in/kernels/\(name).bin", Array(kernel)) }
    _ = try scratch.file(
      "in/common/right.yaml", "domains: { right: { cpus: [1], memory: 16 MiB, kernel: ../kernels/right.bin } }\n")
    let manifest = try scratch.file(
      "in/pair.yaml",
      """
      manifest: 1
      board: qemu-virt
      include: [common/right.yaml]
      domains: { left: { cpus: [0], memory: 16 MiB, kernel: kernels/left.bin } }
      channels: { data: { size: 4 KiB, writer: left, readers: [right] } }
      \(extra)
      """)
    let result = Build(project: Repository.project).run(manifest: manifest, into: folder)
    #expect(result.check.isAccepted, "\(result.check.findings)")
    return manifest
  }

  private func verify(manifest: String? = nil, hashes: Bool = true) -> VerifyResult {
    Verify(project: Repository.project, checksHashes: hashes).run(folder: folder, manifest: manifest)
  }

  private func flip(_ file: String, at offset: Int) throws {
    let url = URL(fileURLWithPath: "\(folder)/\(file)")
    var data = try Data(contentsOf: url)
    try #require(offset < data.count)
    data[offset] ^= 1
    try data.write(to: url)
  }

  @Test(
    "accepts every board's demonstration, with every container, and the recheck agrees", arguments: BoardBoot.boards)
  func boards(_ board: String) throws {
    let manifest = BoardBoot.manifest(of: board)
    let build = Build(project: Repository.project, hasSingleFile: true).run(manifest: manifest, into: folder)
    #expect(build.check.isAccepted, "\(build.check.findings)")
    let written = try Data(contentsOf: URL(fileURLWithPath: folder + "/certificate.txt"))
    for file in [nil, manifest] {
      let result = verify(manifest: file)
      #expect(result.isAccepted, "\(result.findings)")
      #expect(result.claims.count > 20 && result.claims.allSatisfy { $0.verdict != "refuted" })
      #expect(result.containers == ["the pieces of load-map.json", "image.elf", "single.img"])
      #expect(result.certificate == folder + "/certificate.txt")
    }
    // The one that `build` wrote, which `verify` would have replaced by anything else.
    #expect(try Data(contentsOf: URL(fileURLWithPath: folder + "/certificate.txt")) == written)
    let recheck = try Tool.run([folder], program: Tool.recheck)
    #expect(recheck.status == 0, "\(recheck.diagnostics)")
  }

  @Test("needs none of the files that the folder was built from")
  func withoutInputs() throws {
    _ = try built()
    try FileManager.default.removeItem(atPath: scratch.path + "/in")
    try FileManager.default.moveItem(atPath: folder, toPath: scratch.path + "/moved")
    let result = Verify(project: Repository.project).run(folder: scratch.path + "/moved/")
    #expect(result.isAccepted, "\(result.findings)")
    #expect(result.comparison.contains("copies in the folder"))
  }

  @Test("writes a certificate where there is none, and none without hashes")
  func certificate() throws {
    _ = try built()
    let file = folder + "/certificate.txt"
    let written = try Data(contentsOf: URL(fileURLWithPath: file))
    try FileManager.default.removeItem(atPath: file)
    #expect(verify(hashes: false).isAccepted)
    #expect(!FileManager.default.fileExists(atPath: file))
    #expect(verify().certificate == file)
    #expect(try Data(contentsOf: URL(fileURLWithPath: file)) == written)
  }

  @Test("refuses one flipped bit in any file, with and without hashes where it changes what is loaded")
  func flipped() throws {
    _ = try built()
    let loaded = ["hypervisor.img", "payloads/left-kernel.bin", "domains/right.dtb", "image.elf"]
    for file in loaded + ["manifest.yaml", "inputs/0-manifest", "board.dtb", "lock.yaml"] {
      // Behind the headers of image.elf, and within the first lines of the texts.
      let offset = file == "image.elf" ? 5000 : file.hasSuffix("dtb") || file.hasPrefix("payloads") ? 1000 : 20
      try flip(file, at: offset)
      let result = verify()
      #expect(result.status != .accepted && result.certificate == nil, "\(file)")
      #expect(!result.findings.isEmpty)
      if loaded.contains(file) { #expect(verify(hashes: false).status == .rejected, "\(file)") }
      try flip(file, at: offset)
    }
    #expect(verify().isAccepted)
  }

  @Test("says of a manifest that is not the one what differs, and refuses the folder")
  func otherManifest() throws {
    let manifest = try built()
    #expect(verify(manifest: manifest).isAccepted)
    let text = try String(contentsOfFile: manifest, encoding: .utf8)
    try text.replacingOccurrences(of: "size: 4 KiB", with: "size: 8 KiB").write(
      toFile: manifest, atomically: true, encoding: .utf8)
    let result = verify(manifest: manifest)
    #expect(result.status == .rejected)
    let messages = result.findings.filter { $0.rule == VerifyRules.sameManifest.id }.map(\.message)
    #expect(messages.contains { $0.contains("manifest pair.yaml has changed") })
    #expect(messages.contains { $0.contains("channels.data.memory is ") })
    #expect(result.findings.contains { $0.rule != VerifyRules.sameManifest.id }, "the ownership differs as well")
    #expect(verify(manifest: manifest, hashes: false).status == .rejected)
  }

  @Test("says of a payload that was built anew since that it is not the one")
  func otherPayload() throws {
    let manifest = try built()
    let file = scratch.path + "/in/kernels/right.bin"
    var kernel = try Data(contentsOf: URL(fileURLWithPath: file))
    kernel[kernel.count - 1] ^= 0x80
    try kernel.write(to: URL(fileURLWithPath: file))
    let result = verify(manifest: manifest)
    #expect(
      result.findings.contains { $0.message.contains("domains.right.kernel common/../kernels/right.bin has changed") })
    #expect(verify().isAccepted, "the folder's own inputs are as they were")
    #expect(verify(manifest: manifest, hashes: false).status == .rejected, "the bytes differ, hashes or not")
  }

  @Test("refuses a certificate of another image and leaves it alone")
  func otherCertificate() throws {
    _ = try built()
    let file = folder + "/certificate.txt"
    let text = try String(contentsOfFile: file, encoding: .utf8)
    let other = try Certificate(text: text)
    let foreign = Certificate(
      name: other.name, board: other.board, inputs: other.inputs,
      outputs: other.outputs.map { .init(file: $0.file, size: $0.size &+ 1, sha256: $0.sha256) },
      containers: other.containers, pieces: other.pieces, verdicts: other.verdicts, ownership: other.ownership)
    for edited in [foreign.text, text + "x", text.replacingOccurrences(of: "proved", with: "Proved")] {
      try edited.write(toFile: file, atomically: true, encoding: .utf8)
      let result = verify()
      #expect(result.status == .rejected && result.certificate == nil)
      let known = [CertificateRules.sameImage.id, CertificateRules.readable.id]
      #expect(result.findings.allSatisfy { known.contains($0.rule) })
      #expect(try String(contentsOfFile: file, encoding: .utf8) == edited)
    }
  }

  @Test("ends with 2 for a folder that is none or lacks its lock, with 1 for one that lacks a piece")
  func missing() throws {
    _ = try built()
    #expect(Verify(project: Repository.project).run(folder: scratch.path + "/nothing").status == .unusableInput)
    #expect(Verify(project: Repository.project).run(folder: scratch.path).status == .unusableInput)
    for (file, status) in [
      ("hypervisor.img", CommandStatus.rejected), ("payloads/left-kernel.bin", .unusableInput),
      ("image.elf", .rejected), ("lock.yaml", .unusableInput), ("manifest.yaml", .unusableInput),
      ("board.dtb", .unusableInput), ("load-map.json", .unusableInput),
    ] {
      try FileManager.default.moveItem(atPath: "\(folder)/\(file)", toPath: scratch.path + "/aside")
      let result = verify()
      #expect(result.status == status, "\(file): \(result.findings)")
      #expect(!result.findings.isEmpty)
      try FileManager.default.moveItem(atPath: scratch.path + "/aside", toPath: "\(folder)/\(file)")
    }
    #expect(verify().isAccepted)
  }

  @Test("refuses images that are cut short at any length without crashing")
  func truncated() throws {
    _ = try built()
    for file in ["hypervisor.img", "image.elf", "domains/left.dtb"] {
      let url = URL(fileURLWithPath: "\(folder)/\(file)")
      let whole = try Data(contentsOf: url)
      for part in 0..<8 {
        try whole.prefix(whole.count * part / 8).write(to: url)
        #expect(verify(hashes: false).status != .accepted, "\(file), \(part) eighths")
      }
      try whole.write(to: url)
    }
  }

  @Test("prints JSON with verdict, findings and claims whatever the exit status, and text with each claim")
  func output() throws {
    _ = try built()
    for (arguments, status, verdict) in [
      ([folder], Int32(0), "accepted"), ([folder, "--manifest", Repository.cockpit], 1, "rejected"),
      ([scratch.path + "/nothing"], 2, "rejected"),
    ] {
      let outcome = try Tool.run(["verify", "--format", "json"] + arguments)
      #expect(outcome.status == status && outcome.isOrderly, "\(outcome.diagnostics)")
      let json = try #require(
        JSONSerialization.jsonObject(with: Data(outcome.output.utf8)) as? [String: Any], "\(outcome.output)")
      #expect(json["verdict"] as? String == verdict)
      #expect((json["findings"] as? [Any])?.isEmpty == (status == 0))
      #expect((json["claims"] as? [[String: Any]])?.allSatisfy { $0["verdict"] is String } == true)
    }
    let text = try Tool.run(["verify", folder])
    #expect(text.output.contains("BH-VER-010  proved") && text.output.contains(": accepted, "))
    #expect(text.output.contains("domain left\n  memory      0x") && text.output.contains("channel data\n"))
    #expect(text.diagnostics.contains("verifying image.elf"))
    #expect(try Tool.run(["verify", folder, "--format", "sarif"]).output.contains("\"version\": \"2.1.0\""))
    #expect(try Tool.run(["verify"]).status == 64)
    #expect(try Tool.run(["verify", folder, "--no-hashes"]).status == 0)
  }

  @Test("has both solvers repeat the proof on request, and keeps the problems and their answers")
  func solved() throws {
    _ = try built()
    let outcome = try Tool.run(["verify", folder, "--solve"])
    #expect(outcome.status == 0 && outcome.isOrderly, "\(outcome.diagnostics)")
    let answers = try String(contentsOfFile: folder + "/proof/answers.txt", encoding: .utf8).split(separator: "\n")
    let problems = try FileManager.default.contentsOfDirectory(atPath: folder + "/proof").filter {
      $0.hasSuffix(".smt2")
    }
    #expect(!problems.isEmpty)
    for problem in problems {
      let line = try #require(answers.first { $0.hasPrefix(problem + " ") }, "\(problem)")
      let words = line.split(separator: " ").dropFirst()
      #expect(words.count == 3 && Set(words).count == 1, "expected, z3 and cvc5: \(line)")
    }
    #expect(answers.contains { $0.contains(" unsat ") } && answers.contains { $0.contains(" sat ") })
  }
}
