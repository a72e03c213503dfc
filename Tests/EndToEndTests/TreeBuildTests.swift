import BulkheadKit
import DeviceTree
import Foundation
import TestSupport
import Testing

@Suite("build --trees-only")
struct TreeBuildTests {
  /// A manifest for a vendor's tree in a folder with a small payload, and what was built of it.
  private func build(_ board: String, devices: String, into output: String = "out", first: Bool = true) throws -> (
    folder: String, result: TreeBuildResult
  ) {
    let folder = Repository.root + "/.build/scratch/trees-only-\(UUID().uuidString)"
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    try Data([UInt8](repeating: 0, count: 4096)).write(to: URL(fileURLWithPath: folder + "/raw.bin"))
    let text = """
      manifest: 1
      name: slice
      board: generic
      device-tree: \(Repository.root)/.build/cache/device-trees/\(board)
      domains:
        one: { cpus: [0], memory: 16 MiB, kernel: raw.bin, devices: [ \(devices) ] }
        two: { cpus: [1], memory: 16 MiB, kernel: raw.bin, console: none }
      """
    try Data(text.utf8).write(to: URL(fileURLWithPath: folder + "/m.yaml"))
    if !first { try Data("{}".utf8).write(to: URL(fileURLWithPath: folder + "/load-map.json")) }
    let target = first ? folder + "/" + output : folder
    let result = TreeBuild(project: Project(root: Repository.root)).run(manifest: folder + "/m.yaml", into: target)
    return (folder, result)
  }

  @Test("writes the tree of every domain and nothing else, for a board that the runtime need not know")
  func trees() throws {
    let (folder, result) = try build("xilinx/zynqmp-zcu102-rev1.0.dtb", devices: "/axi/serial@ff000000")
    defer { try? FileManager.default.removeItem(atPath: folder) }
    #expect(result.check.isAccepted, "\(result.check.findings.map(\.message))")
    #expect(result.files == ["one", "two"].map { "\(folder)/out/domains/\($0).dtb" })
    #expect(try FileManager.default.contentsOfDirectory(atPath: folder + "/out") == ["domains"])
    let blob = try Data(contentsOf: URL(fileURLWithPath: folder + "/out/domains/one.dtb"))
    let tree = try DeviceTree(blob: Array(blob))
    #expect(tree.resolve("serial0")?.path == "/bus/serial@ff000000")
  }

  @Test("writes nothing where a rule speaks against it")
  func rejected() throws {
    let (folder, result) = try build("xilinx/zynqmp-zcu102-rev1.0.dtb", devices: "/axi/serial@ff999999")
    defer { try? FileManager.default.removeItem(atPath: folder) }
    #expect(result.check.status == .rejected)
    #expect(result.files.isEmpty)
    #expect(!FileManager.default.fileExists(atPath: folder + "/out"))
  }

  @Test("leaves a whole build alone")
  func wholeBuild() throws {
    let (folder, result) = try build("xilinx/zynqmp-zcu102-rev1.0.dtb", devices: "/axi/serial@ff000000", first: false)
    defer { try? FileManager.default.removeItem(atPath: folder) }
    #expect(result.check.status == .unusableInput)
    #expect(result.check.findings.contains { $0.message.contains("holds a whole build") })
    #expect(!FileManager.default.fileExists(atPath: folder + "/domains"))
  }
}
