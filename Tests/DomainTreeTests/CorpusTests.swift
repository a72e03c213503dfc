import Board
import DeviceTree
import Foundation
import Manifest
import Ownership
import PlanFixtures
import Testing

@testable import DomainTree
@testable import Partition

@Suite("Devices of every board in Debian's kernel package")
struct CorpusTests {
  private static let folder = URL(filePath: PlanFixture.root + "/.build/cache/device-trees").resolvingSymlinksInPath()
    .path

  private static var files: [String] {
    get throws {
      try FileManager.default.subpathsOfDirectory(atPath: folder).filter { $0.hasSuffix(".dtb") }.sorted()
    }
  }

  private static var controller: VirtualInterruptController? {
    guard let distributor = AddressRange(base: 0x800_0000, size: 0x10000),
      let redistributors = AddressRange(base: 0x80A_0000, size: 0x40000)
    else { return nil }
    return VirtualInterruptController(
      version: .three, distributor: distributor, redistributors: redistributors, cpuInterface: nil)
  }

  /// A domain with two CPUs and every third device of a board, whoever else would need it.
  private func domain(on board: Board, _ declaration: DomainDeclaration, first: Int) -> DomainPlan {
    let chosen = board.devices.enumerated().filter { $0.offset % 3 == first && $0.element.isEnabled }.map(\.element)
    let assignments = chosen.map { device in
      DeviceAssignment(
        device: device, pages: device.registers.map(\.pages), properties: [], hasUnprotectedDMA: true)
    }
    return DomainPlan(
      declaration: declaration, index: 0, cpus: Array(board.cpus.prefix(2)), memory: [], devices: assignments,
      reservedMemory: [], console: nil, interruptController: Self.controller, payloads: [], entry: 0, treeAddress: 0,
      treeSlot: 0, firmwareCalls: [])
  }

  private static func intids(_ timer: TimerInterrupts?) -> [UInt32] {
    [timer?.securePhysical ?? 29, timer?.physical ?? 30, timer?.virtual ?? 27, timer?.hypervisor ?? 26]
  }

  @Test("make trees without a reference that leads nowhere or an interrupt that they do not own")
  func whole() throws {
    let text = "manifest: 1\nname: all\nboard: qemu-virt\ndomains: { one: { cpus: [0], memory: 1 MiB, kernel: a } }"
    let manifest = try #require(try ManifestReader.read(text: text, file: "all.yaml").manifest)
    let description = try BoardLibrary(root: PlanFixture.root).description(of: "qemu-virt")
    var devices = 0
    let files = try Self.files
    #expect(files.count == 577)
    for (index, file) in files.enumerated() {
      let blob = Array(try Data(contentsOf: URL(filePath: "\(Self.folder)/\(file)")))
      let board = Board.read(name: "board", tree: try DeviceTree(blob: blob), treeFile: file, description: description)
      let domain = domain(on: board, manifest.domains[0], first: index % 3)
      let tree = try DeviceTree(
        blob: try DomainTreeWriter.write(for: domain, on: board, channels: [], treatment: { _ in nil }).blob)
      devices += domain.devices.count
      let dangling = tree.nodes.flatMap { tree.references(of: $0).faults }
      #expect(dangling.isEmpty, "\(file): \(dangling.first.map { "\($0.path) \($0.property) \($0.message)" } ?? "")")
      let lost = tree.nodes.flatMap { tree.interrupts(of: $0).faults }
      #expect(lost.isEmpty, "\(file): \(lost.first.map { "\($0.path) \($0.message)" } ?? "")")
      let ends = tree.nodes.flatMap { tree.interrupts(of: $0).resolved.map(\.intid) }
      let owned = Set(domain.devices.flatMap(\.device.interrupts).map(\.intid) + [board.timer].flatMap(Self.intids))
      #expect(ends.allSatisfy { owned.contains($0) }, "\(file)")
      let isClear = tree.faults.isEmpty
      #expect(isClear, "\(file): \(tree.faults.first.map { "\($0.path) \($0.message)" } ?? "")")
    }
    #expect(devices > 10_000)
  }
}
