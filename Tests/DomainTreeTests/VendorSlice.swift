import Board
import DeviceTree
import Foundation
import Manifest
import Ownership
import PlanFixtures

@testable import DomainTree
@testable import Partition

/// Slices of the trees in Debian's kernel package and of those that QEMU dumps, by their path below the build folder.
enum VendorSlice {
  /// A board's tree and that of a domain with some of its devices, each with one 64 MiB region of RAM at `memory`.
  static func trees(
    _ file: String, memory: UInt64, devices: [String],
    treatment: @escaping (String) -> ProviderTreatment? = { _ in nil }
  ) throws -> (board: DeviceTree, domain: DeviceTree) {
    let path = PlanFixture.root + "/.build/" + file
    let tree = try DeviceTree(blob: Array(try Data(contentsOf: URL(filePath: path))))
    let description = try BoardLibrary(root: PlanFixture.root).description(of: "qemu-virt")
    let board = Board.read(name: "board", tree: tree, treeFile: file, description: description)
    let domain = try domain(on: board, memory: memory, devices: devices)
    let written = try DomainTreeWriter.write(for: domain, on: board, channels: [], treatment: treatment)
    return (tree, try DeviceTree(blob: written.blob))
  }

  /// A device that a board does not have.
  struct NoSuchDevice: Error { let path: String }

  private static func domain(on board: Board, memory: UInt64, devices: [String]) throws -> DomainPlan {
    let text = "manifest: 1\nname: slice\nboard: x\ndomains: { one: { cpus: [0], memory: 64 MiB, kernel: a } }"
    guard let declaration = try ManifestReader.read(text: text, file: "slice.yaml").manifest?.domains.first,
      let range = AddressRange(base: memory, size: 64 << 20),
      let distributor = AddressRange(base: 0x800_0000, size: 0x1_0000),
      let redistributors = AddressRange(base: 0x80A_0000, size: 0x4_0000)
    else { throw NoSuchDevice(path: "/") }
    let assignments = try devices.flatMap { reference in
      guard let node = board.tree.resolve(reference) else { throw NoSuchDevice(path: reference) }
      let below = board.tree.subtree(of: node).compactMap { board.device(at: $0.path) }
      return below.filter { $0.isEnabled || $0.path == node.path }.map { device in
        DeviceAssignment(
          device: device, pages: device.registers.map(\.pages), properties: [], hasUnprotectedDMA: true)
      }
    }
    return DomainPlan(
      declaration: declaration, index: 0, cpus: Array(board.cpus.prefix(2)),
      memory: [MemoryRegion(physical: range, guest: range)], devices: assignments, reservedMemory: [], console: nil,
      interruptController: VirtualInterruptController(
        version: .three, distributor: distributor, redistributors: redistributors, cpuInterface: nil),
      payloads: [], entry: 0, treeAddress: 0, treeSlot: 0, firmwareCalls: [])
  }
}
