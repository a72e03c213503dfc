import HypervisorCore
import HypervisorModel
import ImageFormat
import Testing

/// A channel whose readers, and in one test whose writer, see it as a PCI function: accesses as they trap, and rings.
@Suite struct FunctionTests {
  static let bus: UInt64 = 0x0A00_0000
  static let pages: UInt64 = 0x0A10_0000

  /// Records 0: the writer's doorbell; 1 to 3 the bus and the function of `b`; 4 the line of `c`; 5 to 7 those of `d`.
  private let system = ModelSystem([
    .init(
      name: "a", cpus: 1, devices: [VirtualDeviceRecord(kind: .doorbell, domain: 0, base: pages, size: 0x1000, peer: 2)]
    ),
    .init(
      name: "b", cpus: 2, lines: [40], console: 33,
      devices: [
        VirtualDeviceRecord(kind: .pciHost, domain: 1, base: bus, size: 0x1_0000),
        VirtualDeviceRecord(kind: .pciFunction, domain: 1, base: pages, size: 0x1000, intid: 50, peer: 4, parameter: 1),
        VirtualDeviceRecord(kind: .functionMemory, domain: 1, base: 0x7FE0_0000, size: 0x1000),
      ]),
    .init(name: "c", cpus: 1, devices: [VirtualDeviceRecord(kind: .listener, domain: 2, intid: 60, peer: 6)]),
    .init(
      name: "d", cpus: 1,
      devices: [
        VirtualDeviceRecord(kind: .pciHost, domain: 3, base: bus, size: 0x1_0000),
        VirtualDeviceRecord(kind: .pciFunction, domain: 3, base: pages, size: 0x1000, intid: 70, parameter: 3),
        VirtualDeviceRecord(kind: .functionMemory, domain: 3, base: 0x7FE0_0000, size: 0x1000),
      ]),
  ])

  /// A load of a CPU, as it traps; `nil` if nothing is there.
  private func load(_ cpu: Int, _ address: UInt64, size: UInt32 = 2, in system: ModelSystem? = nil) -> UInt64? {
    access(cpu, address, 1 << 24 | size << 22 | 1 << 16 | 0x05, 0, system ?? self.system)
  }

  @discardableResult private func store(
    _ cpu: Int, _ address: UInt64, _ value: UInt64, size: UInt32 = 2, in system: ModelSystem? = nil
  ) -> UInt64? {
    access(cpu, address, 1 << 24 | size << 22 | 1 << 16 | 1 << 6 | 0x05, value, system ?? self.system)
  }

  private func access(_ cpu: Int, _ address: UInt64, _ iss: UInt32, _ value: UInt64, _ system: ModelSystem) -> UInt64? {
    let registers = UnsafeMutablePointer<UInt64>.allocate(capacity: 32)
    defer { registers.deallocate() }
    registers.initialize(repeating: 0, count: 32)
    registers[1] = value
    let isThere = system.virtualCPU(cpu).emulate(
      at: address, AbortSyndrome(iss: iss), TrapFrame(registers), console: { system.console(cpu) })
    return isThere ? registers[1] : nil
  }

  /// Enables a line of a domain, level sensitive, from one of its CPUs.
  private func listen(_ cpu: Int, _ line: UInt32) {
    system.virtualCPU(cpu).writeDistributor(0, size: 4, 2)
    store(cpu, 0x0800_0100 + UInt64(line / 32) * 4, 1 << UInt64(line % 32))
    store(cpu, Self.pages, 1)
  }

  private func asserted(_ cpu: Int, _ line: UInt32) -> Bool {
    (load(cpu, 0x0800_0200 + UInt64(line / 32) * 4) ?? 0) >> UInt64(line % 32) & 1 != 0
  }

  @Test func `the bus has one device, and everything else on it reads as ones`() {
    #expect(load(1, Self.bus) == 0x1110_1AF4)
    #expect(load(1, Self.bus + 0x48) == Self.pages | 2)
    #expect(load(1, Self.bus + 0x5C) == 0x7FE0_0002)
    #expect(load(1, Self.bus + 0x60) == 0xFFE)
    for device in 1..<32 as Range<UInt64> { #expect(load(1, Self.bus + device << 11) == 0xFFFF_FFFF) }
    for function in 1..<8 as Range<UInt64> { #expect(load(1, Self.bus + function << 8) == 0xFFFF_FFFF) }
    #expect(load(1, Self.bus + 0x800, size: 1) == 0xFFFF)
    #expect(store(1, Self.bus + 0x800, 0) != nil)
    #expect(load(1, Self.bus + 0x1_0000) == nil)
  }

  @Test func `a ring is heard as a line by one reader and as INTx by those with a function`() {
    for (cpu, line) in [(1, 50), (3, 60), (4, 70)] as [(Int, UInt32)] { listen(cpu, line) }
    let before = system.gic.kicks.count
    store(0, Self.pages, 1)
    for cpu in [1, 4] {
      #expect(load(cpu, Self.bus + 4).map { $0 >> 16 & 8 } == 8)
      #expect(asserted(cpu, cpu == 1 ? 50 : 70))
    }
    #expect(asserted(3, 60))
    #expect(system.gic.kicks.count == before + 3)
    // Until somebody looks, ringing on changes nothing and wakes nobody.
    for _ in 0..<1000 { store(0, Self.pages, 1) }
    #expect(system.gic.kicks.count == before + 3)
    #expect(load(1, Self.pages + 4) == 1)
    #expect(!asserted(1, 50))
    #expect(asserted(4, 70))
  }

  @Test func `Interrupt Disable holds a ring back until it is taken away`() {
    listen(1, 50)
    store(1, Self.bus + 4, 0x0406, size: 1)
    store(0, Self.pages, 1)
    #expect(!asserted(1, 50))
    #expect(load(2, Self.bus + 6, size: 1).map { $0 & 8 } == 8)
    store(2, Self.bus + 5, 0, size: 0)
    #expect(asserted(1, 50))
  }

  @Test func `a domain that starts anew finds its function as at first, whatever was rung`() {
    listen(1, 50)
    store(1, Self.bus + 4, 0x0402, size: 1)
    store(0, Self.pages, 1)
    system.partition.resetFunctions(of: system.partition.domainHandle(1))
    #expect(load(1, Self.bus + 4) == 1 << 20)
    #expect(load(1, Self.pages) == 0)
    #expect(load(1, Self.pages + 4) == 0)
    #expect(!asserted(1, 50))
  }

  @Test func `a reader's Doorbell rings nobody`() {
    for (cpu, line) in [(3, 60), (4, 70)] as [(Int, UInt32)] { listen(cpu, line) }
    for peer in 0..<5 as Range<UInt64> { store(1, Self.pages + 0xC, peer << 16) }
    #expect(!asserted(3, 60) && !asserted(4, 70))
    #expect(system.gic.kicks.isEmpty)
  }

  @Test func `a writer with a function rings at the reader that it names`() {
    let system = ModelSystem([
      .init(
        name: "a", cpus: 1, console: 33,
        devices: [
          VirtualDeviceRecord(kind: .pciHost, domain: 0, base: Self.bus, size: 0x1_0000),
          VirtualDeviceRecord(kind: .pciFunction, domain: 0, base: Self.pages, size: 0x1000, peer: 3),
          VirtualDeviceRecord(kind: .functionMemory, domain: 0, base: 0x7FE0_0000, size: 0x1000),
        ]),
      .init(name: "b", cpus: 1, devices: [VirtualDeviceRecord(kind: .listener, domain: 1, intid: 50, peer: 4)]),
      .init(name: "c", cpus: 1, devices: [VirtualDeviceRecord(kind: .listener, domain: 2, intid: 60)]),
    ])
    #expect(load(0, Self.pages + 8, in: system) == 0)
    for peer in [0, 3, 0xFFFF] as [UInt64] { store(0, Self.pages + 0xC, peer << 16, in: system) }
    #expect(system.gic.kicks.isEmpty)
    store(0, Self.pages + 0xC, 2 << 16 | 5, in: system)
    #expect(system.gic.kicks == [ModelSystem.affinity(2)])
    store(0, Self.pages + 0xC, 1 << 16, in: system)
    #expect(system.gic.kicks == [ModelSystem.affinity(2), ModelSystem.affinity(1)])
  }
}
