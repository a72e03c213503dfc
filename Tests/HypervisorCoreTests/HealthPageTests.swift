import Foundation
import HypervisorCore
import HypervisorModel
import ImageFormat
import Testing

@Suite struct HealthPageTests {
  private static let base: UInt64 = 0x4000_2000
  private static let entries = base + HealthLayout.headSize

  /// Two domains of one CPU each, whose page is the recording hardware's memory. The page and every handle point into the
  /// system, which has to outlive them.
  private static func system() throws -> (ModelSystem, HealthPage<RecordingHardware>, RecordingHardware) {
    let system = ModelSystem([.init(name: "cluster", cpus: 1), .init(name: "radio", cpus: 1)], healthPage: base)
    let hardware = RecordingHardware()
    return (system, try #require(HealthPage(hardware: hardware, partition: system.partition)), hardware)
  }

  @Test func `without a page there is none to write`() {
    let system = ModelSystem([.init(name: "a", cpus: 1)])
    #expect(HealthPage(hardware: RecordingHardware(), partition: system.partition) == nil)
  }

  @Test func `the page begins with the head, every domain's name, and nothing of what was there before`() throws {
    let (system, page, hardware) = try Self.system()
    defer { withExtendedLifetime(system) {} }
    for offset in stride(from: UInt64(0), to: 4096, by: 4) { hardware.words[Self.base + offset] = 0xDEAD_BEEF }
    page.begin(frequency: 62_500_000)
    #expect(hardware.load64(Self.base) == HealthLayout.magic)
    #expect(hardware.load64(Self.base + HealthLayout.Head.frequency) == 62_500_000)
    #expect(hardware.load32(Self.base + HealthLayout.Head.entryCount) == 2)
    #expect(hardware.text(Self.entries + HealthLayout.Entry.name, 32) == "cluster")
    #expect(hardware.text(Self.entries + HealthLayout.entrySize + HealthLayout.Entry.name, 32) == "radio")
    #expect(!hardware.words.values.contains(0xDEAD_BEEF))
    #expect(hardware.words.keys.allSatisfy { (Self.base..<Self.base + 4096).contains($0) })
  }

  @Test func `a fault is recorded for its domain alone, with an even sequence before and after`() throws {
    let (system, page, hardware) = try Self.system()
    defer { withExtendedLifetime(system) {} }
    page.begin(frequency: 1)
    hardware.now = 77
    let domain = system.partition.domainHandle(1)
    domain.state.refusedCalls.store(5, ordering: .relaxed)
    let before = hardware.words.filter { $0.key < Self.entries + HealthLayout.entrySize }
    page.record(.instruction, domain, address: 0x1_2345_6789, pc: 0xFFFF_0000_1234, cpu: 1)
    page.record(.watchdog, domain, address: 500_000, pc: 0)
    let entry = Self.entries + HealthLayout.entrySize
    #expect(hardware.load32(entry + HealthLayout.Entry.sequence) == 4)
    #expect(hardware.load32(entry + HealthLayout.Entry.faults) == 2)
    #expect(hardware.load32(entry + HealthLayout.Entry.faultKind) == HealthFault.watchdog.rawValue)
    #expect(hardware.load64(entry + HealthLayout.Entry.faultAddress) == 500_000)
    #expect(hardware.load64(entry + HealthLayout.Entry.faultTime) == 77)
    #expect(hardware.load32(entry + HealthLayout.Entry.watchdogExpiries) == 1)
    #expect(hardware.load32(entry + HealthLayout.Entry.refusedCalls) == 5)
    #expect(hardware.words.filter { $0.key < entry } == before)
  }

  @Test func `while an entry is written its sequence is odd`() throws {
    let (system, page, hardware) = try Self.system()
    defer { withExtendedLifetime(system) {} }
    page.begin(frequency: 1)
    let sequence = Self.entries + HealthLayout.Entry.sequence
    var isOddThroughout = true
    hardware.watch = { address in
      if address != sequence { isOddThroughout = isOddThroughout && hardware.load32(sequence) % 2 == 1 }
    }
    page.enter(.running, system.partition.domainHandle(0))
    page.record(.exception, system.partition.domainHandle(0), address: 1, pc: 2)
    #expect(isOddThroughout)
    #expect(hardware.load32(sequence) == 4)
  }

  @Test func `a writer that never came to its end holds up nobody`() throws {
    let (system, page, hardware) = try Self.system()
    defer { withExtendedLifetime(system) {} }
    page.begin(frequency: 1)
    let domain = system.partition.domainHandle(0)
    domain.state.healthWriter.store(1, ordering: .relaxed)
    page.enter(.running, domain)
    #expect(hardware.load32(Self.entries + HealthLayout.Entry.state) == HealthState.waiting.rawValue)
  }

  @Test func `states, restarts and the watchdog are counted`() throws {
    let (system, page, hardware) = try Self.system()
    defer { withExtendedLifetime(system) {} }
    page.begin(frequency: 1)
    let domain = system.partition.domainHandle(0)
    hardware.now = 9
    for state in [HealthState.running, .stopping, .restarting, .running] { page.enter(state, domain) }
    page.watchdog(.warned, domain)
    #expect(hardware.load32(Self.entries + HealthLayout.Entry.state) == HealthState.running.rawValue)
    #expect(hardware.load32(Self.entries + HealthLayout.Entry.restarts) == 1)
    #expect(hardware.load64(Self.entries + HealthLayout.Entry.startTime) == 9)
    #expect(hardware.load32(Self.entries + HealthLayout.Entry.watchdog) == HealthWatchdog.warned.rawValue)
  }

  @Test func `the page has room for as many domains as the rule says`() {
    #expect(HealthLayout.capacity == 31)
  }

  @Test func `the header for guests says the same as HealthLayout`() throws {
    let root = URL(filePath: #filePath).resolvingSymlinksInPath().deletingLastPathComponent()
      .deletingLastPathComponent().deletingLastPathComponent()
    let text = try String(
      contentsOf: root.appending(path: "Sources/GuestSupport/include/BulkheadHealth.h"), encoding: .utf8)
    typealias Head = HealthLayout.Head
    typealias Entry = HealthLayout.Entry
    #expect(
      CStructure("bulkhead_health_head", in: text)?.offsets == [
        "magic": Head.magic, "version": Head.version, "entry_count": Head.entryCount, "head_size": Head.headSize,
        "entry_size": Head.entrySize, "frequency": Head.frequency, "reserved": 32,
      ])
    #expect(
      CStructure("bulkhead_health_entry", in: text)?.offsets == [
        "sequence": Entry.sequence, "state": Entry.state, "name": Entry.name, "restarts": Entry.restarts,
        "faults": Entry.faults, "fault_kind": Entry.faultKind, "fault_cpu": Entry.faultCPU,
        "fault_address": Entry.faultAddress, "fault_pc": Entry.faultPC, "fault_time": Entry.faultTime,
        "refused_accesses": Entry.refusedAccesses, "refused_calls": Entry.refusedCalls,
        "undefined_instructions": Entry.undefinedInstructions, "ignored_set_way": Entry.ignoredSetWay,
        "watchdog": Entry.watchdog, "watchdog_expiries": Entry.watchdogExpiries, "start_time": Entry.startTime,
        "reserved": 112,
      ])
    #expect(text.contains("BULKHEAD_HEALTH_MAGIC 0x\(String(HealthLayout.magic, radix: 16, uppercase: true))u"))
    #expect(text.contains("BULKHEAD_HEALTH_VERSION \(HealthLayout.version)\n"))
  }
}
