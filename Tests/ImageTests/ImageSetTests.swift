import Diagnostics
import Foundation
import ImageFormat
import PlanFixtures
import Testing

@testable import Image

@Suite("What a build writes")
struct ImageSetTests {
  @Test("is the same bytes in another folder, built anew")
  func reproducible() throws {
    let first = try BuildFixture(SampleManifests.cockpit)
    let second = try BuildFixture(SampleManifests.cockpit)
    try ImageWriter.write(first.set, to: first.fixture.folder + "/out")
    try ImageWriter.write(second.set, to: second.fixture.folder + "/somewhere else")
    let one = try BuildFixture.contents(of: first.fixture.folder + "/out")
    let other = try BuildFixture.contents(of: second.fixture.folder + "/somewhere else")
    #expect(one == other)
    #expect(
      one.keys.sorted() == [
        "board.dtb", "domains/cluster.dtb", "domains/infotainment.dtb", "hypervisor.img", "image.elf", "load-map.json",
        "manifest.yaml", "payloads/cluster-kernel.bin", "payloads/infotainment-initrd.bin",
        "payloads/infotainment-kernel.bin",
      ])
  }

  @Test("names no path of the build machine")
  func noHostPaths() throws {
    let build = try BuildFixture(SampleManifests.cockpit)
    let folder = build.fixture.folder + "/out"
    try ImageWriter.write(build.set, to: folder)
    for (name, data) in try BuildFixture.contents(of: folder) {
      #expect(data.range(of: Data(build.fixture.folder.utf8)) == nil, "\(name)")
    }
  }

  @Test("is listed in the load map, every piece at the address of the plan and with the hash of its bytes")
  func loadMap() throws {
    let build = try BuildFixture(SampleManifests.cockpit)
    let folder = build.fixture.folder + "/out"
    try ImageWriter.write(build.set, to: folder)
    let map = try JSONDecoder().decode(LoadMap.self, from: Data(contentsOf: URL(filePath: folder + "/load-map.json")))
    let planned = build.fixture.plan.domains.flatMap(\.payloads).map(\.physical.base.hexadecimal)
    let loaded = map.pieces.filter { $0.owner != "hypervisor" }
    #expect(loaded.map(\.address).sorted() == planned.sorted())
    #expect(map.entry == "0x40200000")
    let files = try BuildFixture.contents(of: folder)
    for piece in map.pieces {
      let file = try #require(piece.file.flatMap { files[$0] })
      #expect(piece.size == UInt64(file.count))
      #expect(piece.size <= piece.memorySize)
      #expect(piece.sha256?.count == 64)
    }
  }

  @Test("tells QEMU to load each piece where it belongs")
  func qemu() throws {
    let arguments = try #require(try BuildFixture(SampleManifests.cockpit).set.loadMap.qemu?.arguments)
    #expect(arguments.prefix(4) == ["-M", "virt,virtualization=on,gic-version=3", "-cpu", "cortex-a53"])
    #expect(arguments.contains("2048M"))
    #expect(arguments.filter { $0 == "-device" }.count == 5)
    let kernel = arguments.contains { $0.hasPrefix("loader,file=payloads/cluster-kernel.bin,addr=0x") }
    #expect(kernel)
  }

  @Test("starts with an arm64 Image header that says where it has to be and how long it is")
  func header() throws {
    let build = try BuildFixture(SampleManifests.cockpit)
    let image = try #require(try build.bytes("hypervisor.img"))
    let base = build.fixture.plan.hypervisor.memory.base
    #expect(image.load(littleEndian: UInt64.self, at: 8) == base - 0x4000_0000)
    #expect(image.load(littleEndian: UInt64.self, at: 16) == build.hypervisor.layout.size)
    #expect(image.load(littleEndian: UInt64.self, at: 24) == 2)
    let header = image.withUnsafeBytes { $0.load(fromByteOffset: RuntimeHeader.offset, as: RuntimeHeader.self) }
    #expect(header.magic == FormatVersion.runtimeMagic)
    #expect(header.partitionTable == build.hypervisor.layout.partitionTable)
    #expect(header.imageBase == base)
    #expect(header.dataSize == 0x1000)
    #expect(image.count == Int(build.hypervisor.layout.size))
  }

  @Test("has everything once more in an ELF at its final addresses")
  func elf() throws {
    let build = try BuildFixture(SampleManifests.cockpit)
    let elf = try #require(try build.bytes("image.elf"))
    let image = try #require(try build.bytes("hypervisor.img"))
    #expect(elf.load(littleEndian: UInt64.self, at: 24) == 0x4020_0000)
    let count = Int(try #require(elf.load(littleEndian: UInt16.self, at: 56)))
    var memory: [UInt64: [UInt8]] = [:]
    for index in 0..<count {
      let header = 64 + 56 * index
      let numbers = try [8, 16, 24, 32, 40, 48].map {
        try #require(elf.load(littleEndian: UInt64.self, at: header + $0))
      }
      #expect(numbers[0] % 4096 == numbers[2] % 4096)
      #expect(numbers[1] == numbers[2])
      #expect(numbers[3] <= numbers[4])
      memory[numbers[2]] = Array(elf[Int(numbers[0])..<Int(numbers[0] + numbers[3])])
    }
    let hypervisor = memory.filter { $0.key >= 0x4020_0000 && $0.key < 0x4040_0000 }
    #expect(hypervisor.values.map(\.count).reduce(0, +) > 0x3000)
    for (address, bytes) in hypervisor {
      let start = Int(address - 0x4020_0000)
      #expect(start + bytes.count <= image.count && image[start..<start + bytes.count].elementsEqual(bytes))
    }
    for payload in build.fixture.plan.domains.flatMap(\.payloads) { #expect(memory[payload.physical.base] != nil) }
  }

  @Test("is not there at all when a payload cannot be read, and an earlier output stays")
  func failureLeavesNothing() throws {
    let build = try BuildFixture(SampleManifests.cockpit)
    let folder = build.fixture.folder + "/out"
    try ImageWriter.write(build.set, to: folder)
    let before = try BuildFixture.contents(of: folder)
    try FileManager.default.removeItem(atPath: build.fixture.folder + "/linux")
    #expect(throws: InputError.self) { try ImageWriter.write(build.set, to: folder) }
    #expect(throws: InputError.self) { try ImageWriter.write(build.set, to: build.fixture.folder + "/new") }
    #expect(try BuildFixture.contents(of: folder) == before)
    let left = try FileManager.default.contentsOfDirectory(atPath: build.fixture.folder)
    #expect(left.sorted() == ["a.bin", "initrd", "out"])
  }

  @Test("does not replace a folder of something else")
  func foreignFolder() throws {
    let build = try BuildFixture(SampleManifests.cockpit)
    let error = #expect(throws: InputError.self) {
      try ImageWriter.write(build.set, to: build.fixture.folder)
    }
    #expect(error?.finding.message.contains("not an earlier output") == true)
    #expect(FileManager.default.fileExists(atPath: build.fixture.folder + "/linux"))
  }

  @Test("is refused, with the size that is needed, when the hypervisor's memory is too small")
  func tooSmall() throws {
    let manifest = SampleManifests.cockpit.replacing(
      "hypervisor: { console: /pl011@9000000 }", with: "hypervisor: { console: /pl011@9000000, memory: 64 KiB }")
    let needed = try BuildFixture(SampleManifests.cockpit).hypervisor.layout.size
    do {
      _ = try BuildFixture(manifest)
      Issue.record("64 KiB were accepted")
    } catch let error as ImageError {
      #expect(error.finding.rule == ImageRules.memory.id)
      #expect(error.finding.help == "hypervisor: { memory: \(needed / 1024) KiB }")
      #expect(error.finding.spans.first?.start.line == 4)
    }
  }
}
