import Foundation
import TestSupport
import Testing

@testable import Verifier

@Suite("Claims on a channel as a PCI function, held against an edited partition table")
struct FunctionClaimTests {
  private typealias Device = PartitionOffsets.Device

  private static let built = Result { try BuiltSystem("Tests/EndToEndTests/Fixtures/function.yaml") }

  /// The record that a kind has in the fixture: the cluster's doorbell, then Linux's bus, function and pages.
  private func system() throws -> EditedSystem {
    let system = try EditedSystem(try Self.built.get())
    let kinds = system.original.domains.flatMap(\.record.virtualDevices).map(\.kind)
    #expect(kinds == [.doorbell, .pciHost, .pciFunction, .functionMemory])
    return system
  }

  private static func firstDevice(of system: EditedSystem) -> UInt64? {
    system.original.partition.recordPlaces.first { $0.name == "virtual device record" }?.places.first?.base
  }

  @Test("everything holds as it was built")
  func holds() throws {
    let system = try system()
    for claim in ClaimBook.all {
      #expect(try system.outcome(claim).findings.map(\.message) == [], "\(claim.description.id)")
    }
  }

  @Test("a bit that changes in any field of a record of a virtual device is refused by some claim, each by itself")
  func everyBit() throws {
    let system = try system()
    let start = try #require(Self.firstDevice(of: system))
    var survivors: [String] = []
    for bit in 0..<4 * Device.total * 8 {
      var changed = system
      changed.image = try system.image.editing(start + UInt64(bit / 8)) { (byte: UInt8) in byte ^ 1 << UInt8(bit % 8) }
      let isRefused = ClaimBook.all.contains { claim in
        guard let outcome = try? changed.outcome(claim) else { return true }
        return !outcome.findings.isEmpty
      }
      if !isRefused {
        survivors.append("bit \(bit % (8 * Device.total)) of record \(bit / 8 / Device.total)")
      }
    }
    #expect(survivors == [])
  }

  @Test("a doorbell that leads to a function of another channel is none of the manifest's")
  func otherChannel() throws {
    let text = """
      manifest: 1
      name: two
      board: qemu-virt
      domains:
        a: { cpus: [0], memory: 32 MiB, kernel: cluster.bin }
        b: { cpus: [1], memory: 32 MiB, kernel: cluster.bin }
      channels:
        one: { size: 4 KiB, writer: a, readers: [b], doorbell: true, as: { b: pci } }
        two: { size: 4 KiB, writer: a, readers: [b], doorbell: true, as: { b: pci } }
      """.replacing("cluster.bin", with: "\(Repository.root)/.build/guests/cluster.bin")
    let folder = FileManager.default.temporaryDirectory.path + "/function-\(UUID().uuidString)"
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(atPath: folder) }
    try text.write(toFile: folder + "/two.yaml", atomically: true, encoding: .utf8)
    var system = try EditedSystem(try BuiltSystem(file: folder + "/two.yaml"))
    let start = try #require(Self.firstDevice(of: system))
    let peers = system.original.domains[0].record.virtualDevices.compactMap(\.peer)
    #expect(peers.count == 2)
    for (record, peer) in peers.reversed().enumerated() {
      let place = start + UInt64(record * Device.total + Device.peer)
      system.image = try system.image.editing(place) { (_: UInt32) in UInt32(peer) }
    }
    try system.expect(ChannelDevicesAreTheManifests.self, says: "of channel one", "which is of channel two")
  }
}
