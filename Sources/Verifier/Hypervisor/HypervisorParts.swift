import Ownership

/// All parts of the hypervisor's memory.
struct HypervisorParts: Sendable {
  /// The parts by address; where two overlap, both are there.
  let parts: [HypervisorPart]
  /// The partition table with all roots, which EL2's map shows as one.
  let tableAndRoots: AddressRange

  /// Collects the parts. A range that would run past 2^64 is left out; `RecordedPlaces` reports it.
  init(_ system: FinishedSystem) {
    let sections = system.hypervisor
    let walks = system.walks
    var parts = [
      HypervisorPart(kind: .text, name: "the runtime's text", range: sections.text),
      HypervisorPart(kind: .readOnlyData, name: "the runtime's read-only data", range: sections.readOnlyData),
      HypervisorPart(kind: .data, name: "the runtime's data", range: sections.data),
      HypervisorPart(kind: .partitionTable, name: "the partition table", range: system.partition.range),
    ]
    for (whose, walk) in walks {
      parts.append(HypervisorPart(kind: .root, name: "the root of \(whose)", range: walk.root))
      parts += walk.tables.compactMap { address in
        AddressRange(base: address, size: Granule.page).map {
          HypervisorPart(kind: .table, name: "a table of \(whose)", range: $0)
        }
      }
    }
    parts += Self.streams(system)
    let roots = walks.map(\.reading.root) + system.streamTables.compactMap(\.firstLevel)
    let last = roots.map(\.last).reduce(system.partition.range.last, max)
    tableAndRoots = AddressRange(base: system.partition.range.base, last: last) ?? system.partition.range
    parts += Self.states(system) + Self.stacks(system, tableAndRoots, tables: Set(walks.flatMap(\.1.tables)))
    self.parts = parts.sorted { ($0.range, $0.name) < ($1.range, $1.name) }
  }

  private static func streams(_ system: FinishedSystem) -> [HypervisorPart] {
    system.streamTables.flatMap { table -> [HypervisorPart] in
      let whose = "the SMMU at \(table.record.registers.hexadecimal)"
      let root = table.firstLevel.map {
        HypervisorPart(kind: .root, name: "the first level of streams of \(whose)", range: $0)
      }
      let memory = AddressRange(base: table.record.memory, size: Granule.page).map {
        HypervisorPart(kind: .smmuMemory, name: "the queues of \(whose)", range: $0)
      }
      let entries = table.entryPages.map {
        HypervisorPart(kind: .streamEntries, name: "the stream table entries of \(whose)", range: $0)
      }
      return [root, memory].compactMap { $0 } + entries
    }
  }

  private static func states(_ system: FinishedSystem) -> [HypervisorPart] {
    let domains = system.domains.compactMap { domain in
      AddressRange(base: domain.record.state, size: system.hypervisor.domainStateSize).map {
        HypervisorPart(kind: .domainState, name: "the state of domain \(domain.name)", range: $0)
      }
    }
    return domains
      + system.partition.cpus.compactMap { cpu in
        AddressRange(base: cpu.state, size: system.hypervisor.cpuStateSize).map {
          HypervisorPart(kind: .cpuState, name: "the state of CPU \(cpu.affinity.hexadecimal)", range: $0)
        }
      }
      + system.domains.flatMap(\.record.virtualDevices).filter { $0.kind.stateSize > 0 }.compactMap { device in
        AddressRange(base: device.state, size: device.kind.stateSize).map {
          HypervisorPart(kind: .deviceState, name: "the state of virtual device \(device.index)", range: $0)
        }
      }
      + system.domains.compactMap { domain in
        guard let restart = domain.record.restart else { return nil }
        return AddressRange(base: restart.history, size: PartitionOffsets.Restart.historySize).map {
          HypervisorPart(kind: .history, name: "the restart history of domain \(domain.name)", range: $0)
        }
      }
  }

  /// The stacks, and the page below each unless a table is there, which EL2's map leaves out just as well, or the
  /// partition table with the roots, which EL2 cannot write.
  private static func stacks(
    _ system: FinishedSystem, _ tableAndRoots: AddressRange, tables: Set<UInt64>
  ) -> [HypervisorPart] {
    system.partition.cpus.flatMap { cpu -> [HypervisorPart] in
      let size = system.hypervisor.stackSize
      guard cpu.state >= size, let stack = AddressRange(base: cpu.state - size, size: size) else { return [] }
      let name = "stack of CPU \(cpu.affinity.hexadecimal)"
      let part = HypervisorPart(kind: .stack, name: "the \(name)", range: stack)
      let bottom = stack.base & ~(Granule.page - 1)
      guard bottom >= Granule.page, let page = AddressRange(base: bottom - Granule.page, size: Granule.page),
        !tables.contains(page.base), !tableAndRoots.overlaps(page)
      else { return [part] }
      return [HypervisorPart(kind: .guardPage, name: "the page below the \(name)", range: page), part]
    }
  }
}
