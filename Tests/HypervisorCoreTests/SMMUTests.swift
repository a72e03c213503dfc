import HypervisorCore
import HypervisorModel
import ImageFormat
import Testing

/// The SMMUv3 driver on a model that writes every access down.
@Suite struct SMMUTests {
  /// Domain 0 has a host bridge's 65,536 streams with one table of entries, domain 1 a single stream.
  private func model() -> ModelSMMU {
    ModelSMMU(streams: [(id: 0, bits: 16, entry: 0, domain: 0), (id: 0x1_0005, bits: 0, entry: 69, domain: 1)])
  }

  private func registers(_ model: ModelSMMU) -> [UInt64] {
    model.accesses.compactMap { if case .register(let register, _) = $0 { register } else { nil } }
  }

  private func commands(_ model: ModelSMMU) -> [UInt64] {
    model.accesses.compactMap { if case .command(let low, _) = $0 { low } else { nil } }
  }

  @Test func `it starts by blocking everything, and translates last`() throws {
    let model = model()
    #expect(model.handle.start())
    let registers = registers(model)
    // SMMU_GBPA with UPDATE and ABORT comes first, SMMU_CR0 with SMMUEN last.
    #expect(model.accesses.first == .register(0x44, 1 << 31 | 1 << 20))
    #expect(model.accesses.last == .register(0x20, 0b1_1101))
    let enabling = model.accesses.filter { if case .register(0x20, let value) = $0 { value & 1 == 1 } else { false } }
    #expect(enabling.count == 1)
    #expect(model.registers[0x80] == 1 << 62 | 0x4021_6000)
    #expect(model.registers[0x88] == 16 | 6 << 6 | 1 << 16)
    // Tables and queues stand before they are turned on, and nothing kept from before is used.
    let commandsOn = try #require(model.accesses.firstIndex(of: .register(0x20, 1 << 3)))
    #expect(try #require(registers.firstIndex(of: 0x80)) < commandsOn)
    #expect(commands(model).map { $0 & 0xFF } == [0x04, 0x30, 0x46])
    // Global errors of before are acknowledged.
    #expect(model.registers[0x64] == 0x5)
    #expect(model.registers[0x50] == 0b101)
  }

  @Test func `one that does not answer is given up within a bound`() {
    let model = model()
    model.isStuck = true
    #expect(!model.handle.start())
  }

  @Test(
    arguments: [
      (0, 0, "stage 2"), (0, 1 << 27 | 2 << 24 | 0x19, "stall"), (0, 0x19, "levels"), (4, 1 << 29 | 16, "preset"),
      (4, 19 << 21 | 19 << 16 | 12, "stream id"), (4, 3 << 21 | 19 << 16 | 16, "queues"), (0x14, 4, "4 KiB"),
      (0x14, 1 << 4 | 1, "output addresses"),
    ] as [(UInt64, UInt64, String)])
  func `what it lacks is found before it is used`(register: UInt64, value: UInt64, word: String) throws {
    let model = model()
    #expect(model.handle.difference == nil)
    model.set(register, value)
    let difference = try #require(model.handle.difference)
    #expect("\(difference.what)".contains(word))
    #expect(model.accesses.isEmpty)
  }

  @Test func `a domain's streams are stopped at every entry, then forgotten, and nobody else's`() {
    let model = model()
    #expect(model.handle.start())
    model.forget()
    #expect(model.handle.setStreams(of: 0, pass: false, deadline: 100))
    #expect((0..<64).allSatisfy { model.entry($0) == 1 })
    #expect(model.entry(69) == 0)
    let last = model.accesses.lastIndex { if case .entry = $0 { true } else { false } } ?? .max
    let first = model.accesses.firstIndex { if case .command = $0 { true } else { false } } ?? 0
    #expect(last < first)
    // CMD_CFGI_STE_RANGE of 2^16 ids, CMD_TLBI_S12_VMALL of VMID 1, CMD_SYNC.
    #expect(commands(model) == [0x04, 1 << 32 | 0x28, 0x46])
    #expect(model.accesses.contains(.command(0x04, 15)))
    model.forget()
    #expect(model.handle.setStreams(of: 1, pass: true, deadline: 100))
    #expect(model.entry(69) == 0xD)
    #expect(commands(model) == [0x1_0005 << 32 | 0x03, 2 << 32 | 0x28, 0x46])
  }

  @Test func `a queue that has gone round many times still takes commands`() {
    let model = model()
    #expect(model.handle.start())
    for round in 0..<100 { #expect(model.handle.setStreams(of: 1, pass: round % 2 == 0, deadline: 100)) }
    #expect(model.entry(69) == 1)
  }

  @Test func `an SMMU that is stuck leaves the caller free, and says that nothing is confirmed`() {
    let model = model()
    #expect(model.handle.start())
    model.isStuck = true
    #expect(!model.handle.setStreams(of: 0, pass: false, deadline: 100))
    // Whoever waits for the lock that was given back gets it.
    model.isStuck = false
    #expect(model.handle.setStreams(of: 0, pass: false, deadline: 100))
  }

  @Test func `streams belong to the block that holds them`() {
    let handle = model().handle
    #expect(handle.domain(of: 0) == 0 && handle.domain(of: 0xFFFF) == 0)
    #expect(handle.domain(of: 0x1_0005) == 1)
    #expect(handle.domain(of: 0x1_0004) == nil && handle.domain(of: .max) == nil)
    #expect(handle.hasStreams(of: 1) && !handle.hasStreams(of: 2))
  }

  @Test func `an interrupt takes a bounded number of events, in order, and says that there are more`() {
    let model = model()
    let handle = model.handle
    for page in 0..<20 { model.fault(stream: 8, at: UInt64(page) << 12 | 0x123, isRead: page % 2 == 0) }
    var seen: [SMMUEvent] = []
    #expect(handle.takeEvents { seen.append($0) })
    #expect(seen.count == 8)
    #expect(handle.takeEvents { seen.append($0) })
    #expect(!handle.takeEvents { seen.append($0) })
    #expect(seen.map(\.address) == (0..<20).map { UInt64($0) << 12 | 0x123 })
    #expect(seen.map(\.isRead) == (0..<20).map { $0 % 2 == 0 })
    #expect(seen.allSatisfy { $0.stream == 8 && $0.isRefusal && !$0.hasNoEntry })
  }

  @Test func `a queue that overflows goes on afterwards`() {
    let model = model()
    for page in 0..<100 { model.fault(stream: 8, at: UInt64(page) << 12, isRead: true) }
    var count = 0
    while model.handle.takeEvents({ _ in count += 1 }) {}
    #expect(count == 64)
    // OVACKFLG is OVFLG.
    #expect((model.registers[0x1_00A8] ?? 0) >> 31 == (model.registers[0x1_00AC] ?? 0) >> 31)
    model.fault(stream: 8, at: 0, isRead: true)
    #expect(!model.handle.takeEvents { _ in count += 1 })
    #expect(count == 65)
  }

  @Test func `faults are charged to whoever has the stream, one transfer once`() throws {
    let model = model()
    let handle = model.handle
    let write = SMMUEvent(8 << 32 | 0x10, 0, 0x1000)
    let first = try #require(handle.count(write, ticksPerSecond: 1000))
    #expect(first.domain == 0 && first.count == 1 && first.isNew && !first.isFlood)
    let same = try #require(handle.count(SMMUEvent(8 << 32 | 0x10, 0, 0x1008), ticksPerSecond: 1000))
    #expect(same.count == 1 && !same.isNew)
    let read = try #require(handle.count(SMMUEvent(8 << 32 | 0x10, 1 << 35, 0x1008), ticksPerSecond: 1000))
    #expect(read.count == 2 && read.isNew)
    let other = try #require(handle.count(SMMUEvent(0x1_0005 << 32 | 0x13, 0, 0x1008), ticksPerSecond: 1000))
    #expect(other.domain == 1 && other.count == 1)
    let nobody = try #require(handle.count(SMMUEvent(0x2_0000 << 32 | 0x02, 0, 0), ticksPerSecond: 1000))
    #expect(nobody.domain == nil && nobody.count == 1)
  }

  @Test func `a flood is what comes within a second, and is said once`() throws {
    let model = model()
    let handle = model.handle
    let tolerated = Int(FaultTally.tolerated)
    func fault(_ page: Int) -> FaultFinding? {
      handle.count(SMMUEvent(8 << 32 | 0x10, 0, UInt64(page) << 12), ticksPerSecond: 1000)
    }
    for page in 0..<tolerated { #expect(fault(page)?.isFlood == false) }
    model.counter = 1000
    for page in 0..<tolerated { #expect(fault(page)?.isFlood == false) }
    #expect(try #require(fault(0)).isFlood)
    // What the queue still holds of a stopped domain is nobody's concern, and another domain goes on.
    #expect(fault(1) == nil)
    #expect(handle.count(SMMUEvent(0x1_0005 << 32 | 0x10, 0, 0), ticksPerSecond: 1000)?.domain == 1)
    handle.state.tallies[0].begin()
    #expect(fault(2)?.isFlood == false)
  }

  @Test func `global errors are taken once`() {
    let model = model()
    #expect(model.handle.start())
    #expect(model.handle.takeErrors() == 0)
    model.set(0x60, 0x1)
    #expect(model.handle.takeErrors() == 0x4)
    #expect(model.handle.takeErrors() == 0)
  }

  @Test func `state and queues fit into the page that the compiler reserves`() {
    #expect(MemoryLayout<SMMUState>.size <= Int(SMMUMemory.size - SMMUMemory.state))
    #expect(Int(SMMUMemory.events) + 32 << Int(SMMUMemory.eventBits) <= Int(SMMUMemory.commands))
    #expect(Int(SMMUMemory.commands) + 16 << Int(SMMUMemory.commandBits) <= Int(SMMUMemory.state))
    #expect(SMMUMemory.commands % (16 << SMMUMemory.commandBits) == 0)
  }
}
