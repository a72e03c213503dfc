import Board
import Manifest
import Ownership
import Partition
import Testing

@Suite("Planning on QEMU's virt")
struct PlannerTests {
  private let bench: PlanBench

  init() throws { bench = try PlanBench() }

  /// A domain with defaults that every test can override.
  private func domain(_ name: String, cpu: Int = 0, _ lines: String...) -> String {
    let given = Set(lines.map { $0.prefix { $0 != ":" } })
    let defaults = ["cpus: [\(cpu)]", "memory: 16 MiB", "kernel: raw.bin"].filter { line in
      !given.contains(line.prefix { $0 != ":" })
    }
    return "  \(name):\n" + (defaults + lines).map { "    \($0)\n" }.joined()
  }

  private func plan(_ domains: String..., header: String = "", footer: String = "") throws -> Plan {
    try bench.plan(header + "domains:\n" + domains.joined() + footer)
  }

  @Test("puts the hypervisor 2 MiB above the image base, clear of what QEMU uses itself")
  func hypervisor() throws {
    let plan = try plan(domain("a"))
    #expect(plan.hypervisor.memory == AddressRange(base: 0x4020_0000, size: 0x20_0000))
    #expect(plan.hypervisor.console?.path == "/pl011@9000000")
    #expect(plan.hypervisor.console?.intid == 33)
    let windows = [(0x800_0000, 0x1_0000), (0x80A_0000, 0x8_0000), (0x900_0000, 0x1000)]
    #expect(plan.hypervisor.devices == windows.compactMap { AddressRange(base: UInt64($0.0), size: UInt64($0.1)) })
  }

  @Test("does not move the hypervisor for the domains, however much memory they want")
  func hypervisorStays() throws {
    for size in ["16 MiB", "512 MiB", "1 GiB", "1900 MiB"] {
      let plan = try plan(domain("a", "memory: \(size)"))
      #expect(plan.hypervisor.memory.base == 0x4020_0000)
    }
  }

  @Test("places the largest region first, at multiples of 1 GiB and 2 MiB where the size is worth it")
  func alignment() throws {
    let plan = try plan(
      domain("small", "memory: 64 MiB"), domain("big", cpu: 1, "memory: 1 GiB"),
      domain("tiny", cpu: 2, "memory: [{ size: 2 MiB }, { size: 64 KiB }]"))
    #expect(plan.domains.map { $0.memory[0].physical.base } == [0x4040_0000, 0x8000_0000, 0x4440_0000])
    #expect(plan.domains[2].memory[1].physical.isAligned(to: Granule.page))
    for domain in plan.domains { #expect(domain.memory.allSatisfy { $0.guest == $0.physical }) }
  }

  @Test("packs more tightly rather than refuse what fits")
  func tight() throws {
    let plan = try plan(domain("a", "memory: 1000 MiB"), domain("b", cpu: 1, "memory: 1040 MiB"))
    let ranges = plan.domains.map { $0.memory[0].physical }
    #expect(!ranges[0].overlaps(ranges[1]))
    #expect(ranges.allSatisfy { $0.isAligned(to: 0x20_0000) })
  }

  @Test("keeps fixed regions where they are and places the others around them")
  func fixed() throws {
    let plan = try plan(
      domain("fixed", "memory: [{ base: 0x40400000, size: 32 MiB }]"), domain("free", cpu: 1, "memory: 64 MiB"))
    #expect(plan.domains[0].memory[0].physical.base == 0x4040_0000)
    #expect(plan.domains[1].memory[0].physical.base == 0x4240_0000)
  }

  @Test("gives a region with a guest address a physical one that large blocks can map")
  func guestAddress() throws {
    let plan = try plan(domain("a", "memory: [{ size: 64 MiB, guest: 0x80100000 }]"))
    let region = plan.domains[0].memory[0]
    #expect(region.guest.base == 0x8010_0000)
    #expect(region.physical.base % 0x20_0000 == 0x10_0000)
  }

  @Test("keeps out of reserved memory, of the manifest's and of every enabled device's")
  func taken() throws {
    let header = """
      memory-banks: [{ base: 0x40000000, size: 64 MiB }, { base: 0x10000000, size: 16 MiB }]
      reserved: [{ base: 0x40400000, size: 16 MiB, owner: dsp, reason: "test" }]

      """
    // The second bank lies inside a PCI window, so that none of it can be used.
    let plan = try plan(domain("a", "memory: 24 MiB"), header: header)
    #expect(plan.domains[0].memory[0].physical.base == 0x4140_0000)
  }

  @Test("places channels in whole pages that nobody else has, clear of the boot loader")
  func channels() throws {
    let plan = try plan(
      domain("a"), domain("b", cpu: 1),
      footer:
        "channels:\n  one: { writer: a, readers: [b], size: 64 KiB }\n  two: { writer: b, readers: [a], size: 4 KiB }\n"
    )
    let one = try #require(plan.channels.first?.memory)
    let two = try #require(plan.channels.last?.memory)
    #expect(one.size == 0x1_0000 && two.size == 0x1000)
    for range in [one, two] {
      #expect(range.isAligned(to: Granule.page))
      #expect(!plan.board.description.loaderRanges.contains { $0.overlaps(range) })
      #expect(!range.overlaps(plan.hypervisor.memory))
      #expect(!plan.domains.contains { $0.memory.contains { $0.physical.overlaps(range) } })
    }
    #expect(!one.overlaps(two))
  }

  @Test("shows each domain its own GIC where the board has its, and the console where the hypervisor's UART is")
  func view() throws {
    let plan = try plan(domain("a"), domain("b", "cpus: [1, 2, 3]"))
    let view = try #require(plan.domains[1].interruptController)
    #expect(view.distributor == AddressRange(base: 0x800_0000, size: 0x1_0000))
    #expect(view.redistributors == AddressRange(base: 0x80A_0000, size: 3 * 0x2_0000))
    #expect(plan.domains[0].interruptController?.redistributors?.size == 0x2_0000)
    #expect(plan.domains[0].console?.base == 0x900_0000)
    #expect(plan.domains[0].console?.intid == 33)
  }

  @Test("leaves the UART to a domain that has it, and gives that one no virtual console")
  func assignedUART() throws {
    let plan = try plan(domain("a", "devices: [/pl011@9000000]"), domain("b", cpu: 1))
    #expect(plan.hypervisor.console == nil)
    #expect(plan.domains.allSatisfy { $0.console == nil })
    #expect(plan.domains[0].devices.map(\.device.path) == ["/pl011@9000000"])
  }

  @Test("gives the pages that a device's registers touch, PCI windows with the host bridge")
  func devicePages() throws {
    let plan = try plan(
      domain("a", "devices: [{ path: /pcie@10000000, dma: unprotected, reason: test }, /pl031@9010000]"))
    #expect(plan.domains[0].devices[1].pages == [try #require(AddressRange(base: 0x901_0000, size: 0x1000))])
    let windows = plan.domains[0].devices[0].pages
    #expect(windows.contains { $0.contains(0x1000_0000) })
    #expect(windows.contains { $0.contains(0x40_1000_0000) })
    #expect(windows.allSatisfy { $0.isAligned(to: Granule.page) })
  }

  @Test("finds devices by alias and label, and takes the properties of `set:`")
  func references() throws {
    let plan = try plan(
      domain("a", "devices: [serial0, { path: gpio, set: { x-bytes: [1, 2], x-cell: 258, x-text: hi, x-flag: true } }]")
    )
    #expect(plan.domains[0].devices.map(\.device.path) == ["/pl011@9000000", "/pl061@9030000"])
    let properties = plan.domains[0].devices[1].properties
    #expect(properties.map(\.name) == ["x-bytes", "x-cell", "x-text", "x-flag"])
    #expect(properties.map(\.value) == [[1, 2], [0, 0, 1, 2], [0x68, 0x69, 0], []])
  }

  @Test("counts CPUs from 0 in tree order and by node, and keeps the manifest's order")
  func cpus() throws {
    let plan = try plan(domain("a", "cpus: [cpu@3, 1, /cpus/cpu@2]"))
    #expect(plan.domains[0].cpus.map(\.index) == [3, 1, 2])
  }

  @Test("gives the same plan again, byte for byte in the lock")
  func deterministic() throws {
    let make = {
      try self.plan(
        domain("a", "memory: [{ size: 32 MiB }, { size: 32 MiB }]"),
        domain("b", cpu: 1, "kernel: Image", "initrd: initrd.gz", "memory: 128 MiB"), domain("c", cpu: 2),
        footer: "channels:\n  x: { writer: a, readers: [b, c], size: 4 KiB }\n")
    }
    let first = try LockFile(of: try make(), files: []).text
    for _ in 0..<20 { #expect(try LockFile(of: try make(), files: []).text == first) }
  }
}
