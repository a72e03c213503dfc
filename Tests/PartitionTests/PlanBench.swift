import Board
import Diagnostics
import Foundation
import Manifest
import Partition
import TestSupport
import Testing

/// Plans manifests on QEMU's virt, with small kernels in a temporary folder.
struct PlanBench {
  let folder: ScratchFolder
  let board: Board

  init() throws {
    folder = try ScratchFolder()
    for (name, bytes) in [
      ("raw.bin", Kernels.raw()), ("Image", Kernels.image()), ("Image-text", Kernels.image(textOffset: 0x8_0000)),
      ("Image-60M", Kernels.image(imageSize: 60 << 20)), ("initrd.gz", [0x1F, 0x8B, 0x08] + Kernels.raw(size: 10_000)),
      ("initrd.cpio", Kernels.cpio()),
      (
        "program.elf",
        Kernels.elf(
          [
            .init(address: 0x5000_0000, virtual: 0x10_0000, fileSize: 64, memorySize: 64),
            .init(address: 0x5000_2000, virtual: 0x10_2000, fileSize: 16, memorySize: 0x3000),
          ], entry: 0x10_0020)
      ),
    ] {
      try folder.write(name, bytes)
    }
    let root = Repository.root
    let blob = folder.path + "/qemu-virt.dtb"
    try Self.run(["dtc", "-q", "-@", "-I", "dts", "-O", "dtb", "-o", blob, root + "/dts/qemu-virt.dts"])
    let description = try BoardLibrary(root: root).description(of: "qemu-virt")
    board = Board.read(
      name: "qemu-virt", tree: try Board.generic(treeFile: blob).tree, treeFile: "qemu-virt.dtb",
      description: description)
  }

  /// Plans the manifest made of a fixed head and `body`.
  func planning(_ body: String) throws -> Planning {
    let text = "manifest: 1\nname: test\nboard: qemu-virt\n" + body
    let reading = try ManifestReader.read(text: text, file: folder.path + "/test.yaml")
    let manifest = try #require(reading.manifest, "\(reading.findings.map(\.message))")
    return Planner.plan(manifest, on: board)
  }

  /// The plan; a failed expectation with the findings if there is none.
  func plan(_ body: String) throws -> Plan {
    let planning = try planning(body)
    return try #require(planning.plan, "\(planning.findings.map(\.message))")
  }

  private static func run(_ arguments: [String]) throws {
    let process = Process()
    process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
    process.arguments = arguments
    try process.run()
    process.waitUntilExit()
    try #require(process.terminationStatus == 0)
  }
}
