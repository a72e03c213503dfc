import DeviceTree
import Diagnostics
import Foundation
import Ownership
import Partition
import PlanFixtures
import Testing

@testable import Image

@Suite("The FIT image")
struct FITImageTests {
  private struct Output {
    let build: BuildFixture
    let folder: String
    let map: LoadMap.UBoot
    let image: DeviceTree
  }

  private func write(_ manifest: String, options: FITOptions = FITOptions()) throws -> Output {
    let build = try BuildFixture(manifest, fit: options)
    let folder = build.fixture.folder + "/out"
    try ImageWriter.write(build.set, to: folder)
    let json = try Data(contentsOf: URL(filePath: folder + "/load-map.json"))
    let map = try #require(try JSONDecoder().decode(LoadMap.self, from: json).uBoot)
    let image = try DeviceTree(blob: Array(try Data(contentsOf: URL(filePath: "\(folder)/\(map.fit)"))))
    return Output(build: build, folder: folder, map: map, image: image)
  }

  private func property(_ name: String, of path: String, in tree: DeviceTree) throws -> [UInt8] {
    let node = try #require(tree.node(at: path), "\(path)")
    return try #require(node.property(name)?.value, "\(path): \(name)")
  }

  @Test(
    "holds every piece at its physical address with the SHA-256 of its bytes, in one configuration",
    arguments: [SampleManifests.cockpit, SampleManifests.devices])
  func pieces(manifest: String) throws {
    let output = try write(manifest)
    let images = output.image.children(of: try #require(output.image.node(at: "/images")))
    var found: [UInt64: [UInt8]] = [:]
    for image in images where image.name != "board" {
      let data = try property("data", of: image.path, in: output.image)
      let hash = try property("value", of: image.path + "/hash-1", in: output.image)
      #expect(hash.map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined() == InputDigest.sha256(of: data))
      let load = try property("load", of: image.path, in: output.image)
      found[load.reduce(0) { $0 << 8 | UInt64($1) }] = data
    }
    let files = output.build.set.files
    for piece in output.build.set.loadMap.pieces {
      let address = try #require(UInt64(piece.address.dropFirst(2), radix: 16))
      let file = try #require(files.first { $0.name == piece.file })
      let data = found.removeValue(forKey: address)
      #expect(try data == BuildFixture.bytes(of: file), "\(piece.file ?? "")")
    }
    #expect(found.isEmpty)

    let loadables = try property("loadables", of: "/configurations/system", in: output.image)
    let named = String(decoding: loadables, as: UTF8.self).split(separator: "\0").map(String.init)
    #expect(Set(named + ["hypervisor", "board"]) == Set(images.map(\.name)))
    #expect(try property("kernel", of: "/configurations/system", in: output.image) == Array("hypervisor\0".utf8))
    let entry = try property("entry", of: "/images/hypervisor", in: output.image)
    #expect(entry.reduce(0) { $0 << 8 | UInt64($1) } == output.build.fixture.plan.hypervisor.memory.base)
  }

  @Test("is the same bytes in another folder, built anew, and names no path of the build machine")
  func reproducible() throws {
    let first = try write(SampleManifests.cockpit)
    let second = try write(SampleManifests.cockpit)
    let one = try BuildFixture.contents(of: first.folder)
    #expect(one == (try BuildFixture.contents(of: second.folder)))
    #expect(
      one.keys.filter { $0.hasPrefix("u-boot/") }.sorted() == [
        "u-boot/boot.cmd", "u-boot/boot.scr", "u-boot/system.itb", "u-boot/system.its",
      ])
    for (name, data) in one {
      #expect(data.range(of: Data(first.build.fixture.folder.utf8)) == nil, "\(name)")
    }
  }

  @Test("and the tree beside it stand where no piece goes, the boot loader does not work and no domain has memory")
  func place() throws {
    let output = try write(SampleManifests.cockpit)
    let plan = output.build.fixture.plan
    let base = try #require(UInt64(output.map.fitAddress.dropFirst(2), radix: 16))
    let tree = try #require(UInt64(output.map.treeAddress.dropFirst(2), radix: 16))
    let fit = try #require(AddressRange(base: base, size: output.map.fitSize))
    let room = try #require(AddressRange(base: tree, size: UInt64(plan.board.tree.blob.count) + (12 << 10)))
    let uBoot = plan.board.description.uBoot.ranges(in: plan.ram)
    #expect(uBoot == [try #require(AddressRange(base: 0xBC00_0000, size: 64 << 20))])
    let pieces = plan.domains.flatMap(\.payloads).map(\.physical)
    let kept =
      pieces + plan.board.description.loaderRanges + [plan.hypervisor.memory] + uBoot
      + plan.domains.flatMap(\.memory).map(\.physical)
    #expect(!fit.overlaps(room))
    for place in [fit, room] {
      #expect(!kept.contains { $0.overlaps(place) })
      #expect(plan.ram.contains { $0.contains(place) })
    }
    #expect(!pieces.contains { piece in uBoot.contains { $0.overlaps(piece) } })
  }

  @Test("is refused when a piece has to be where U-Boot works")
  func pieceInUBoot() throws {
    let manifest = SampleManifests.cockpit.replacing(
      "memory: 16 MiB", with: "memory: [{ size: 16 MiB, base: 0xbd000000 }]")
    #expect(throws: Never.self) { try BuildFixture(manifest) }
    let finding = try refusal { _ = try BuildFixture(manifest, fit: FITOptions()) }
    #expect(finding.rule == ImageRules.uBootMemory.id)
    #expect(finding.message.contains("the kernel of domain cluster at 0xbd000000"))
    #expect(finding.help?.contains("end-of-ram") == true)
  }

  @Test("is refused when RAM has no room for it beside the pieces")
  func noRoom() throws {
    let banks = "memory-banks: [{ base: 0x40000000, size: 68 MiB }]\ndomains:"
    let manifest = SampleManifests.cockpit.replacing("domains:", with: banks, maxReplacements: 1)
      .replacing("512 MiB", with: "48 MiB")
    let finding = try refusal { _ = try BuildFixture(manifest, fit: FITOptions()) }
    #expect(finding.rule == ImageRules.uBootMemory.id)
  }

  @Test("is not there, and an earlier output stays, when mkimage fails")
  func failure() throws {
    let keys = try KeyFolder()
    try keys.make("dev")
    try keys.write("dev.crt", "no certificate")
    let earlier = try write(SampleManifests.cockpit)
    let before = try BuildFixture.contents(of: earlier.folder)
    let signed = try BuildFixture(SampleManifests.cockpit, fit: FITOptions(key: SigningKey(keys.path)))
    let finding = try refusal { try ImageWriter.write(signed.set, to: earlier.folder) }
    #expect(finding.rule == ImageRules.mkimage.id)
    #expect(try BuildFixture.contents(of: earlier.folder) == before)
    #expect(throws: InputError.self) { try ImageWriter.write(signed.set, to: signed.fixture.folder + "/new") }
    let left = try FileManager.default.contentsOfDirectory(atPath: signed.fixture.folder)
    #expect(left.sorted() == ["a.bin", "initrd", "linux"])
  }

  @Test("carries a signature over configuration and images, and hands over the public key as required")
  func signed() throws {
    let keys = try KeyFolder()
    try keys.make("dev")
    let output = try write(SampleManifests.cockpit, options: FITOptions(key: SigningKey(keys.path)))
    let signature = "/configurations/system/signature-1"
    #expect(try property("value", of: signature, in: output.image).count == 256)
    let nodes = String(decoding: try property("hashed-nodes", of: signature, in: output.image), as: UTF8.self)
    for image in output.image.children(of: try #require(output.image.node(at: "/images"))) {
      #expect(nodes.contains("/images/\(image.name)\0"), "\(image.name)")
      #expect(nodes.contains("/images/\(image.name)/hash-1\0"), "\(image.name)")
    }
    let key = try #require(output.map.key)
    #expect(key.name == "dev" && key.algorithm == "sha256,rsa2048")
    let control = try DeviceTree(
      blob: Array(try Data(contentsOf: URL(filePath: "\(output.folder)/\(key.controlTree)"))))
    #expect(try property("required", of: "/signature/key-dev", in: control) == Array("conf\0".utf8))
    #expect(try property("rsa,modulus", of: "/signature/key-dev", in: control).count == 256)
    let secret = try String(contentsOfFile: keys.path + "/dev.key", encoding: .utf8).split(separator: "\n")[3]
    for (name, data) in try BuildFixture.contents(of: output.folder) {
      #expect(data.range(of: Data(secret.utf8)) == nil, "\(name) holds the private key")
      #expect(data.range(of: Data(keys.path.utf8)) == nil, "\(name) holds a path")
    }
  }

  private func refusal(_ body: () throws -> Void) throws -> Finding {
    do {
      try body()
    } catch let error as ImageError {
      return error.finding
    } catch let error as InputError {
      return error.finding
    }
    throw Accepted()
  }

  private struct Accepted: Error {}
}
