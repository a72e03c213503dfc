import Board
import DeviceTree
import Diagnostics
import Foundation
import Testing
import TestSupport

@Suite("boards/ and board.yaml")
struct LibraryTests {
  /// A project folder with one board of the given description, thrown away afterwards.
  private func withBoard<Result>(
    _ yaml: String, tree: [UInt8]? = nil, named name: String = "mine", _ body: (BoardLibrary) throws -> Result
  ) throws -> Result {
    let root = FileManager.default.temporaryDirectory.appending(path: "bulkhead-\(UUID().uuidString)")
    defer { try? FileManager.default.removeItem(at: root) }
    let folder = root.appending(path: "boards/\(name)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    try Data(yaml.utf8).write(to: folder.appending(path: "board.yaml"))
    if let tree { try Data(tree).write(to: root.appending(path: "mine.dtb")) }
    return try body(BoardLibrary(root: root.path))
  }

  private func finding(_ body: () throws -> Void) -> Finding? {
    do {
      try body()
      return nil
    } catch let error as InputError {
      return error.finding
    } catch {
      return nil
    }
  }

  @Test("Every board of the project loads and can be used")
  func committed() throws {
    let library = BoardLibrary(root: Repository.root)
    #expect(library.names.contains("qemu-virt"))
    for name in library.names {
      let board = try library.load(name)
      #expect(board.findings.isEmpty, "\(name)")
      #expect(!board.description.summary.isEmpty)
    }
  }

  @Test("Everything that a description can say is read")
  func whole() throws {
    let yaml = """
      summary: a board
      device-tree: mine.dtb
      bootable: true
      image-base: 0x80000000
      loader-memory: [{ base: 0x80000000, size: 512 KiB }, { base: 4096, size: 4096 }]
      maintenance-interrupt: 25
      physical-address-bits: 40
      qemu: { arguments: [-M, virt], cpus: 6, serial: [/a@1, /b@2] }
      firmware: { name: TF-A, provides: [PSCI, SCMI] }
      enabled: [{ node: /a@1, reason: led out }]
      errata: [{ number: "835769", affects: Cortex-A53, measure: none needed }]
      u-boot: { end-of-ram: 32 MiB, qemu: { arguments: [-bios, u-boot.bin] } }
      cpu-features: [{ compatible: "arm,cortex-a53", has: [aes, sha2], lacks: [crc32] }]
      """
    try withBoard(yaml, tree: try compile("cpus { };")) { library in
      let description = try library.description(of: "mine")
      #expect(description.isBootable)
      #expect(description.imageBase == 0x8000_0000)
      #expect(description.loaderRanges.map(\.base) == [0x8000_0000, 4096])
      #expect(description.loaderRanges.map(\.last) == [0x8007_ffff, 8191])
      #expect(description.maintenanceINTID == 25)
      #expect(description.physicalAddressBits == 40)
      #expect(
        description.emulator
          == EmulatorDescription(arguments: ["-M", "virt"], cpuCount: 6, serialLines: ["/a@1", "/b@2"]))
      #expect(description.firmware == FirmwareDescription(name: "TF-A", provides: ["PSCI", "SCMI"]))
      #expect(description.enabledNodes == [EnabledNode(path: "/a@1", reason: "led out")])
      #expect(description.errata.map(\.number) == ["835769"])
      #expect(description.uBoot == UBootDescription(endOfRAM: 32 << 20, qemuArguments: ["-bios", "u-boot.bin"]))
      #expect(description.cpuStatements.map(\.compatible) == ["arm,cortex-a53"])
      #expect(description.cpuStatements.first?.present.map(\.name) == ["aes", "sha2"])
      #expect(description.cpuStatements.first?.absent.map(\.name) == ["crc32"])
      let board = try library.load("mine")
      #expect(board.treeFile == "mine.dtb")
      #expect(
        board.findings.map(\.rule.rawValue) == ["BH-DT-003", "BH-DT-004", "BH-DT-008", "BH-DT-008", "BH-DT-008"])
    }
  }

  @Test("A tree comes from a file, a package or the emulator, the latter two with a hash")
  func treeSources() throws {
    let hash = String(repeating: "0f", count: 32)
    let sources: [(String, TreeSource)] = [
      ("dts/mine.dts", .file("dts/mine.dts")),
      (
        "{ package: linux-image-arm64, file: v/b.dtb, sha256: \(hash) }",
        .package(name: "linux-image-arm64", file: "v/b.dtb", sha256: hash)
      ),
      ("{ qemu: dumpdtb, memory: 2 GiB, sha256: \(hash) }", .emulator(memory: 2 << 30, sha256: hash)),
    ]
    for (yaml, source) in sources {
      try withBoard("summary: a\ndevice-tree: \(yaml)") { library in
        #expect(try library.description(of: "mine").treeSource == source)
        let finding = try #require(finding { _ = try library.load("mine") })
        #expect(finding.rule.rawValue == "BH-DT-001" && finding.message.contains(".build/boards/mine.dtb"))
        #expect(finding.help?.contains(source.words) == true)
      }
    }
  }

  @Test(
    "A tree's source that is only half said is refused",
    arguments: [
      ("{ package: p, file: f }", "sha256"), ("{ qemu: dumpdtb, sha256: 00 }", "memory"),
      ("{ package: p, file: f, sha256: 00 }", "64"), ("{ qemu: dump, memory: 1, sha256: HASH }", "dumpdtb"),
      ("{ package: p, file: ../f, sha256: HASH }", "path"), ("{ package: p, file: /f, sha256: HASH }", "path"),
      ("{ package: p, file: f, memory: 1, sha256: HASH }", "memory"), ("[a]", "mapping"), ("{}", "package"),
    ])
  func malformedSource(yaml: String, word: String) throws {
    let yaml = yaml.replacing("HASH", with: String(repeating: "0f", count: 32))
    try withBoard("summary: a\ndevice-tree: \(yaml)") { library in
      let finding = try #require(finding { _ = try library.load("mine") })
      #expect(finding.rule.rawValue == "BH-DT-006" && finding.message.contains(word), "\(finding.message)")
    }
  }

  @Test("Everything that is wrong with a description is said at once, each with its line")
  func allAtOnce() throws {
    let yaml = """
      summary: a
      image-bse: 1
      bootable: perhaps
      loader-memory: [{ base: 1 }, { base: many, size: 1 }]
      qemu: { argument: [-M] }
      physical-address-bits: 99
      """
    try withBoard(yaml) { library in
      let error = #expect(throws: InputError.self) { try library.load("mine") }
      let lines = error?.findings.compactMap { $0.spans.first?.start.line } ?? []
      #expect(Set(lines) == [1, 2, 3, 4, 5, 6], "\(error?.findings.map(\.message) ?? [])")
      #expect(error?.findings.count == 8)
    }
  }

  @Test(
    "Nesting that no description needs is refused before it is read",
    arguments: [
      String(repeating: "[", count: 100_000), String(repeating: "{a: ", count: 100_000),
      String(repeating: "- ", count: 100_000) + "a", "summary: a\n" + String(repeating: "? ", count: 100_000),
    ])
  func nesting(yaml: String) throws {
    try withBoard(yaml) { library in
      let finding = try #require(finding { _ = try library.load("mine") })
      #expect(finding.rule.rawValue == "BH-DT-006" && finding.message.contains("deep"), "\(finding.message)")
    }
  }

  @Test("A description that is cut anywhere is read or refused in words")
  func cut() throws {
    let file = Repository.root + "/boards/imx8mp-evk/board.yaml"
    let text = Array(try String(contentsOfFile: file, encoding: .utf8).utf8)
    for length in stride(from: 0, to: text.count, by: 37) {
      try withBoard(String(decoding: text.prefix(length), as: UTF8.self)) { library in
        do throws(InputError) {
          let summary = try library.description(of: "mine").summary
          #expect(!summary.isEmpty)
        } catch {
          #expect(error.findings.allSatisfy { $0.rule.rawValue == "BH-DT-006" && $0.help != nil })
        }
      }
    }
  }

  @Test("Nodes that board.yaml enables are enabled, and the rest of the tree is as it was")
  func enabledNodes() throws {
    let body = """
      cpus { };
      uart@1000 { compatible = "arm,pl011"; reg = <0x1000 0x1000>; status = "disabled"; };
      other@2000 { reg = <0x2000 0x1000>; status = "disabled"; };
      """
    let bytes = try compile("#address-cells = <1>; #size-cells = <1>; " + body)
    let yaml = "summary: a\ndevice-tree: mine.dtb\nenabled: [{ node: /uart@1000, reason: led out }]"
    try withBoard(yaml, tree: bytes) { library in
      let board = try library.load("mine")
      #expect(board.device(at: "/uart@1000")?.isEnabled == true)
      #expect(board.device(at: "/other@2000")?.isEnabled == false)
      let names = board.tree.nodes.map { node in node.path + node.properties.map(\.name).joined(separator: " ") }
      let before = try DeviceTree(blob: bytes)
      #expect(names == before.nodes.map { node in node.path + node.properties.map(\.name).joined(separator: " ") })
    }
  }

  @Test(
    "What is wrong with a description is said with its place",
    arguments: [
      ("summary: a\ndevice-tree: b.dtb\nimage-bse: 1", 3, "image-bse"),
      ("summary: a\ndevice-tree: b.dtb\nphysical-address-bits: 99", 3, "99"),
      ("summary: a\ndevice-tree: b.dtb\nimage-base: many", 3, "many"),
      ("summary: a\ndevice-tree: b.dtb\nbootable: perhaps", 3, "bootable"),
      ("summary: a\ndevice-tree: b.dtb\nloader-memory: [{ base: 0xfffffffffffff000, size: 4097 }]", 3, "2^64"),
      ("summary: a\ndevice-tree: b.dtb\nloader-memory: [{ base: 1 }]", 3, "size"),
      ("summary: a\ndevice-tree: b.dtb\nsummary: b", 1, "summary"),
      ("summary: a\ndevice-tree: [", 2, "YAML"),
      ("- summary", 1, "mapping"),
      ("summary: a", 1, "device-tree"),
      ("", 0, "empty"),
    ])
  func malformed(yaml: String, line: Int, word: String) throws {
    try withBoard(yaml) { library in
      let finding = try #require(finding { _ = try library.load("mine") })
      #expect(finding.rule.rawValue == "BH-DT-006")
      #expect(finding.message.contains(word), "\(finding.message)")
      #expect(line == 0 || (finding.spans.first?.start.line ?? 0) >= line, "\(finding.spans)")
      #expect(finding.help != nil)
    }
  }

  @Test("An unknown board is refused with the nearest name, a name that is a path as well")
  func unknown() throws {
    let library = BoardLibrary(root: Repository.root)
    let finding = try #require(finding { _ = try library.load("qemu-vrit") })
    #expect(finding.rule.rawValue == "BH-DT-005")
    #expect(finding.help?.contains("did you mean `qemu-virt`?") == true)
    #expect(self.finding { _ = try library.load("../boards/qemu-virt") }?.rule.rawValue == "BH-DT-005")
    #expect(self.finding { _ = try library.load("") }?.rule.rawValue == "BH-DT-005")
  }

  @Test("A tree of our own that was not compiled yet says how to compile it")
  func notBuilt() throws {
    try withBoard("summary: a\ndevice-tree: dts/mine.dts") { library in
      let finding = try #require(finding { _ = try library.load("mine") })
      #expect(finding.rule.rawValue == "BH-DT-001")
      #expect(finding.help?.contains("make build") == true)
      #expect(finding.message.contains(".build/boards/mine.dtb"))
    }
  }

  @Test("Files that are no tree, and none at all, are refused in words")
  func generic() throws {
    let folder = FileManager.default.temporaryDirectory.appending(path: "bulkhead-\(UUID().uuidString)")
    defer { try? FileManager.default.removeItem(at: folder) }
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    let whole = try compile("cpus { };")
    let contents: [(String, [UInt8], String)] = [
      ("text.dtb", Array("/dts-v1/;".utf8), "magic number"), ("cut.dtb", Array(whole.dropLast(8)), "truncated"),
      ("short.dtb", Array(whole.prefix(20)), "truncated"), ("empty.dtb", [], "magic number"),
    ]
    for (name, bytes, word) in contents {
      let file = folder.appending(path: name)
      try Data(bytes).write(to: file)
      let finding = try #require(finding { _ = try Board.generic(treeFile: file.path) })
      #expect(finding.rule.rawValue == "BH-DT-002")
      #expect(finding.message.contains(word), "\(finding.message)")
    }
    for path in [folder.path, folder.path + "/none.dtb", ""] {
      #expect(finding { _ = try Board.generic(treeFile: path) }?.rule.rawValue == "BH-DT-001")
    }
  }

  @Test("Every rule on boards is broken by an input, with a subject, a resource and a way out")
  func everyRule() throws {
    var findings: [Finding?] = []
    findings.append(finding { _ = try Board.generic(treeFile: "no-such-file.dtb") })
    findings.append(finding { _ = try Board.generic(treeFile: #filePath) })
    findings.append(finding { _ = try BoardLibrary(root: Repository.root).load("no-such-board") })
    try withBoard("summary: a") { library in findings.append(finding { _ = try library.load("mine") }) }
    let bare = try tree("cpus { };")
    findings += Board.read(name: "generic", tree: bare, treeFile: "bare.dtb", description: .generic).findings
    var found = findings.compactMap { $0 }
    let stranger = BoardDescription(
      summary: "a", emulator: EmulatorDescription(arguments: ["-M", "virt"], serialLines: ["/uart@1"]))
    found += Board.read(name: "mine", tree: bare, treeFile: "bare.dtb", description: stranger).findings
    // BH-DT-007 speaks of manifests, and BH-DT-009 of files: they are tested where those are judged.
    let elsewhere = [RuleID("BH-DT-007"), RuleID("BH-DT-009")]
    #expect(Set(found.map(\.rule)).union(elsewhere) == Set(BoardRules.all.map(\.id)))
    for finding in found {
      #expect(finding.severity == .error && !finding.subjects.isEmpty && finding.resource != nil && finding.help != nil)
      #expect(!finding.message.hasSuffix(".") && !finding.message.contains("\n"))
    }
  }

  @Test("Rules have ids of their family, each once, and say what they ask and why")
  func rules() {
    let ids = BoardRules.all.map(\.id.rawValue)
    #expect(Set(ids).count == ids.count)
    #expect(ids.allSatisfy { $0.hasPrefix("BH-DT-") && $0.count == 9 })
    #expect(BoardRules.all.allSatisfy { $0.requirement.contains("shall") && !$0.hazard.isEmpty && !$0.example.isEmpty })
  }
}
