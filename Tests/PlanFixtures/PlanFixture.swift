import Board
import DeviceTree
import Diagnostics
import Foundation
import Manifest
import Partition

/// A plan made from a manifest's text and small payload files, in a folder of its own that goes away with it.
public final class PlanFixture {
  /// Why there is no plan.
  public struct Refused: Error, CustomStringConvertible {
    /// What the reader and the planner found, or dtc said.
    public let description: String
  }

  /// The folder with the payloads; build outputs can go below it.
  public let folder: String
  /// The manifest's text.
  public let text: String
  /// The plan.
  public let plan: Plan

  /// The project's root folder.
  public static let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    .deletingLastPathComponent().path

  /// Plans `text` on QEMU's virt machine, or on a board whose tree `tree` is.
  ///
  /// Files `a.bin` (a raw payload of 8,000 bytes), `linux` (an arm64 Image of 64 KiB) and `initrd` (an empty
  /// archive of 512 bytes) stand beside the manifest.
  public init(_ text: String, tree: DeviceTree? = nil, description: BoardDescription? = nil) throws {
    let parent = FileManager.default.temporaryDirectory.path
    folder = "\(parent)/bulkhead-plan-\(UUID().uuidString)"
    self.text = text
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    try Self.write(Data((0..<8000).map { UInt8(truncatingIfNeeded: $0 &* 7) }), folder + "/a.bin")
    try Self.write(Self.linux, folder + "/linux")
    try Self.write(Self.initrd, folder + "/initrd")
    let board = try Self.board(tree, description)
    let reading = try ManifestReader.read(text: text, file: folder + "/manifest.yaml")
    guard let manifest = reading.manifest else { throw Refused(description: "\(reading.findings)") }
    let planning = Planner.plan(manifest, on: board)
    guard let plan = planning.plan else { throw Refused(description: "\(planning.findings)") }
    self.plan = plan
  }

  deinit { try? FileManager.default.removeItem(atPath: folder) }

  private static func write(_ data: Data, _ path: String) throws { try data.write(to: URL(filePath: path)) }

  private static func board(_ tree: DeviceTree?, _ description: BoardDescription?) throws -> Board {
    let library = BoardLibrary(root: root)
    let description = try description ?? library.description(of: "qemu-virt")
    if let tree { return Board.read(name: "test", tree: tree, treeFile: "test.dtb", description: description) }
    let blob = try compiled(root + "/dts/qemu-virt.dts")
    return Board.read(
      name: "qemu-virt", tree: try DeviceTree(blob: blob), treeFile: "dts/qemu-virt.dts", description: description)
  }

  /// A device-tree source as dtc compiles it.
  public static func compiled(_ source: String) throws -> [UInt8] {
    let process = Process()
    process.executableURL = URL(filePath: "/usr/bin/env")
    process.arguments = ["dtc", "-q", "-I", "dts", "-O", "dtb", source]
    let output = Pipe()
    process.standardOutput = output
    try process.run()
    let blob = output.fileHandleForReading.readDataToEndOfFile()
    process.waitUntilExit()
    guard process.terminationStatus == 0 else { throw Refused(description: "dtc refuses \(source)") }
    return Array(blob)
  }

  /// An empty cpio archive in the new ASCII format (cpio(5)): the header of its last entry, `TRAILER!!!`.
  private static var initrd: Data {
    let fields = (0..<13).map { $0 == 11 ? "0000000B" : "00000000" }.joined()
    let entry = Array("070701\(fields)TRAILER!!!".utf8)
    return Data(entry + [UInt8](repeating: 0, count: 512 - entry.count))
  }

  /// An arm64 Image (Linux, Documentation/arch/arm64/booting.rst): image_size 128 KiB, 4 KiB pages, anywhere.
  private static var linux: Data {
    var bytes = [UInt8](repeating: 0, count: 64 << 10)
    bytes[18] = 2
    bytes[24] = 0b1010
    bytes.replaceSubrange(56..<60, with: Array("ARM\u{64}".utf8))
    return Data(bytes)
  }
}
