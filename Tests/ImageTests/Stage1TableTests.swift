import Ownership
import Testing

@testable import Image

@Suite("EL2's own map, decoded again by a walker of its own")
struct Stage1TableTests {
  /// A layout with as many CPUs and domains as wanted, and the map that belongs to it.
  private func make(cpus: Int, domains: Int, base: UInt64) throws -> (HypervisorLayout, Stage1Table, [AddressRange]) {
    let runtime = try Runtime(elf: SyntheticRuntime(stackSize: 8192).bytes, file: "hypervisor.elf")
    let devices = [(0x800_0000, 0x10000), (0x80A_0000, 0x80000), (0x900_0000, 0x1000)] as [(UInt64, UInt64)]
    let windows = devices.compactMap { AddressRange(base: $0.0, size: $0.1) }
    let demand = HypervisorLayout.Demand(
      runtime: runtime.header, partitionTable: 0x1234, roots: Array(repeating: (32, 64), count: domains + 1),
      tables: [8 * 4096] + Array(repeating: 0x3000, count: domains), cpuCount: cpus, domainCount: domains,
      restartCount: 0)
    let layout = HypervisorLayout(demand, base: base)
    let addressSize = try #require(PhysicalAddressSize(available: 40))
    return (
      layout,
      try Stage1Table(sections: layout.sections, devices: windows, placement: .identity, addressSize: addressSize),
      windows
    )
  }

  private func walker(_ table: Stage1Table) -> TableWalker {
    let root = table.table.rootBytes(tablesAt: 0x10_1000, .identity)
    let gap = [UInt8](repeating: 0, count: 4096 - root.count)
    return TableWalker(
      memory: root + gap + table.table.tableBytes(at: 0x10_1000, .identity), base: 0x10_0000, root: 0x10_0000,
      control: table.control, stage: .el2, memoryAttributes: Stage1Attributes.memoryAttributes)
  }

  /// What EL2 may do with a section; nothing at all with the tables that only the table walkers read.
  private func access(_ kind: LayoutSection.Kind) -> TableWalker.Access? {
    switch kind {
    case .translationTables: nil
    case .text: .init(isReadable: true, isWritable: false, isExecutable: true, memory: "write-back")
    case .data, .cpu: .init(isReadable: true, isWritable: true, isExecutable: false, memory: "write-back")
    default: .init(isReadable: true, isWritable: false, isExecutable: false, memory: "write-back")
    }
  }

  @Test("has every section with its rights, the devices, and not a page more", arguments: [(1, 1), (4, 2), (64, 16)])
  func exact(cpus: Int, domains: Int) throws {
    let (layout, table, devices) = try make(cpus: cpus, domains: domains, base: 0x4020_0000)
    let registers = TableWalker.Access(isReadable: true, isWritable: true, isExecutable: false, memory: "nGnRE")
    let expected =
      layout.sections.compactMap { section in
        access(section.kind).map { MappedRun(section.range, $0) }
      } + devices.map { MappedRun($0, registers) }
    let found = walker(table).leaves().map { MappedRun($0.input, $0.leaf) }
    #expect(MappedRun.joined(found) == MappedRun.joined(expected))
    #expect(found.allSatisfy { !($0.access.isWritable && $0.access.isExecutable) })
  }

  @Test("has a page that cannot be written below every stack", arguments: [(1, 1), (4, 2), (4, 1), (9, 3)])
  func guardPages(cpus: Int, domains: Int) throws {
    let (layout, table, _) = try make(cpus: cpus, domains: domains, base: 0x4020_0000)
    let walker = walker(table)
    #expect(layout.cpuStates.count == cpus)
    for top in layout.cpuStates {
      let bottom = (top - 8192) & ~4095
      #expect(walker.walk(top - 8)?.access.isWritable == true)
      #expect(walker.walk(bottom)?.access.isWritable == true)
      #expect(walker.walk(bottom - 1)?.access.isWritable != true)
      #expect(walker.walk(bottom - 4096)?.access.isWritable != true)
    }
  }

  @Test("starts at level 0 where an address has more than 39 bits")
  func highAddresses() throws {
    let (layout, table, _) = try make(cpus: 1, domains: 1, base: 0x80_0020_0000)
    #expect(walker(table).walk(layout.base)?.output == layout.base)
    #expect(table.control & 0x3F == 64 - 40)
  }

  @Test("keeps the layout's parts apart and aligned")
  func layoutIsDisjoint() throws {
    let (layout, _, _) = try make(cpus: 5, domains: 3, base: 0x4020_0000)
    for (section, next) in zip(layout.sections, layout.sections.dropFirst()) {
      #expect(section.range.last < next.range.base)
    }
    #expect(layout.sections.allSatisfy { $0.range.isAligned(to: 4096) })
    #expect(layout.domainStates == (0..<3).map { layout.domainStates[0] + UInt64($0) * 512 })
    #expect(zip(layout.cpuStates, layout.cpuStates.dropFirst()).allSatisfy { $0 + 256 + 8192 <= $1 })
    let ends = layout.roots.map { $0 + 32 }
    #expect(zip(ends, layout.roots.dropFirst()).allSatisfy { $0 <= $1 })
    #expect(layout.roots.allSatisfy { $0 % 64 == 0 && $0 >= layout.partitionTable + 0x1234 })
    #expect(layout.domainStates[2] + 512 <= layout.partitionTable)
    #expect((ends.last ?? .max) <= layout.cpuStates[0] - 8192)
  }
}
