import Board
import DeviceTree
import Manifest
import Ownership

@testable import Partition
import TestSupport

/// A domain with random memory, devices and channels, and what its stage 2 has to be, page by page.
struct RandomDomain {
  let plan: DomainPlan
  let channels: [ChannelPlan]
  /// What a domain may reach, independent of the compiler.
  private(set) var expected: [MappedRun] = []

  private static let memory = TableWalker.Access(
    isReadable: true, isWritable: true, isExecutable: true, memory: "write-back")
  private static let device = TableWalker.Access(
    isReadable: true, isWritable: true, isExecutable: false, memory: "nGnRE")
  private static let manifest = """
    manifest: 1
    name: random
    board: qemu-virt
    domains:
      one: { cpus: [0], memory: 1 MiB, kernel: a.bin }
      two: { cpus: [1], memory: 1 MiB, kernel: a.bin }
      three: { cpus: [2], memory: 1 MiB, kernel: a.bin }
    channels:
      written: { size: 4 KiB, writer: one, readers: [two] }
      read: { size: 4 KiB, writer: two, readers: [one] }
      foreign: { size: 4 KiB, writer: two, readers: [three] }
    """

  /// Invents a domain whose guest addresses have at most `bits` bits.
  init?(seed: UInt64, bits: Int) throws {
    var random = SeededGenerator(seed: seed)
    guard let manifest = try ManifestReader.read(text: Self.manifest, file: "random.yaml").manifest,
      let declaration = manifest.domains.first
    else { return nil }
    var taken: [AddressRange] = []
    var runs: [MappedRun] = []
    var regions: [MemoryRegion] = []
    for _ in 0..<Int.random(in: 1...6, using: &random) {
      guard let guest = Self.range(upTo: 24 << 20, bits: bits, &taken, &random) else { continue }
      // Half of them at their physical address, the others elsewhere, aligned as well or worse.
      let alignment: UInt64 = [4096, 65536, 2 << 20, 1 << 30].randomElement(using: &random) ?? 4096
      let isIdentity = Bool.random(using: &random)
      let base = isIdentity ? guest.base : random.next() >> 24 & ~(alignment - 1)
      guard let physical = AddressRange(base: base, size: guest.size) else { continue }
      regions.append(MemoryRegion(physical: physical, guest: guest))
      runs.append(MappedRun(input: guest.base, output: physical.base, size: guest.size, access: Self.memory))
    }
    var devices: [DeviceAssignment] = []
    for _ in 0..<Int.random(in: 0...4, using: &random) {
      guard let pages = Self.range(upTo: 256 << 10, bits: bits, &taken, &random) else { continue }
      // Two devices in the same pages, as QEMU's virtio-mmio are.
      devices += [Self.assignment(pages), Self.assignment(pages)]
      runs.append(MappedRun(input: pages.base, output: pages.base, size: pages.size, access: Self.device))
    }
    var channels: [ChannelPlan] = []
    for declaration in manifest.channels {
      guard let pages = Self.range(upTo: 64 << 10, bits: bits, &taken, &random) else { continue }
      channels.append(ChannelPlan(declaration: declaration, memory: pages))
      guard declaration.name.value != "foreign" else { continue }
      let access = TableWalker.Access(
        isReadable: true, isWritable: declaration.name.value == "written", isExecutable: false, memory: "non-cacheable")
      runs.append(MappedRun(input: pages.base, output: pages.base, size: pages.size, access: access))
    }
    self.channels = channels
    expected = MappedRun.joined(runs)
    plan = DomainPlan(
      declaration: declaration, index: 0, cpus: [], memory: regions, devices: devices, reservedMemory: [], console: nil,
      interruptController: nil, payloads: [], entry: 0, treeAddress: 0, treeSlot: 0, firmwareCalls: [])
  }

  /// A random run of pages that meets none of the others.
  private static func range(
    upTo limit: UInt64, bits: Int, _ taken: inout [AddressRange], _ random: inout SeededGenerator
  ) -> AddressRange? {
    for _ in 0..<32 {
      let unit: UInt64 = [4096, 4096, 65536, 2 << 20].randomElement(using: &random) ?? 4096
      let size = max(4096, UInt64.random(in: 1...limit, using: &random) & ~(min(unit, limit) - 1))
      let base = random.next() >> UInt64(64 - bits) & ~(unit - 1)
      guard let range = AddressRange(base: base, size: size), range.last >> UInt64(bits) == 0,
        !taken.contains(where: { $0.overlaps(range) })
      else { continue }
      taken.append(range)
      return range
    }
    return nil
  }

  private static func assignment(_ pages: AddressRange) -> DeviceAssignment {
    let device = Device(
      path: "/device@\(pages.base.hexadecimal)", compatible: [], isEnabled: true, registers: [pages], interrupts: [],
      streams: [], isDMAMaster: false)
    return DeviceAssignment(device: device, pages: [pages], properties: [], hasUnprotectedDMA: false)
  }
}
