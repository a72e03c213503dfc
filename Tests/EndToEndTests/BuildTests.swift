import BulkheadKit
import Foundation
import Testing
import TestSupport

@Suite("Building the demonstration")
struct BuildTests {
  @Test("twice in different folders gives the same bytes")
  func deterministic() throws {
    let scratch = try Scratch()
    for folder in ["one", "another/and deeper"] {
      let result = Build(project: Repository.project).run(
        manifest: Repository.cockpit, into: scratch.path + "/" + folder)
      #expect(result.check.isAccepted, "\(result.check.findings)")
    }
    let one = try scratch.contents(of: "one")
    #expect(one.keys.contains("hypervisor.img") && one.keys.contains("load-map.json"))
    #expect(one == (try scratch.contents(of: "another/and deeper")))
  }

  @Test("puts no path of the building machine into any small file")
  func noHostPaths() throws {
    let scratch = try Scratch()
    _ = Build(project: Repository.project).run(manifest: Repository.cockpit, into: scratch.path + "/out")
    for (name, data) in try scratch.contents(of: "out") where !name.hasPrefix("payloads/") && name != "image.elf" {
      #expect(data.range(of: Data(Repository.root.utf8)) == nil, "\(name) holds the project's folder")
    }
  }

  @Test("leaves nothing behind when it is refused, and an earlier output as it was")
  func refused() throws {
    let scratch = try Scratch()
    let good = try scratch.file("good.yaml", try Manifests.twoDomains())
    let bad = try scratch.file("bad.yaml", try Manifests.twoDomains(cpus: ("[0]", "[0]")))
    _ = Build(project: Repository.project).run(manifest: good, into: scratch.path + "/out")
    let before = try scratch.contents(of: "out")
    let result = Build(project: Repository.project).run(manifest: bad, into: scratch.path + "/out")
    #expect(result.check.status == .rejected)
    #expect(try scratch.contents(of: "out") == before)
    #expect(!FileManager.default.fileExists(atPath: scratch.path + "/bad.lock.yaml"))
  }

  @Test("--locked accepts what the lock records and refuses a changed manifest")
  func locked() throws {
    let scratch = try Scratch()
    let manifest = try scratch.file("m.yaml", try Manifests.twoDomains())
    _ = Build(project: Repository.project).run(manifest: manifest, into: scratch.path + "/out")
    #expect(Check(project: Repository.project, isLocked: true).run(manifest: manifest).isAccepted)
    _ = try scratch.file("m.yaml", try Manifests.twoDomains().replacingOccurrences(of: "16 MiB", with: "32 MiB"))
    let result = Check(project: Repository.project, isLocked: true).run(manifest: manifest)
    #expect(result.status == .rejected)
    #expect(result.findings.contains { $0.message.contains("memory") })
  }

  @Test("refuses a generic board without kernels, which `check` judges, and writes nothing")
  func nothingToBuild() throws {
    let scratch = try Scratch()
    let tree = Repository.root + "/.build/cache/device-trees/freescale/imx8mp-evk.dtb"
    let manifest = try scratch.file(
      "judged.yaml",
      "manifest: 1\nname: judged\nboard: generic\ndevice-tree: \(tree)\ndomains: { only: { cpus: [0], memory: 16 MiB } }\n"
    )
    #expect(try Tool.run(["check", manifest]).status == 0)
    let outcome = try Tool.run(["build", manifest, "-o", scratch.path + "/out"])
    #expect(outcome.status == 1 && outcome.diagnostics.contains("[BH-KIT-008]"), "\(outcome.diagnostics)")
    #expect(try scratch.names == ["judged.yaml"])
  }
}
