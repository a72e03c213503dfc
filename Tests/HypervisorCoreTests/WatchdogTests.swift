import HypervisorModel
import ImageFormat
import Testing

@testable import HypervisorCore

/// A counter of 1 MHz, so that a tick is a microsecond; a period of 500 ms, 60 s to start it.
@Suite struct WatchdogTests {
  private static let line: UInt32 = 61
  private static let period: UInt64 = 500_000
  private static let start: UInt64 = 60_000_000

  private enum Register {
    static let status: UInt32 = 0x000
    static let offset: UInt32 = 0x008
    static let compare: UInt32 = 0x010
    static let refresh: UInt32 = 0x1000
  }

  /// A domain of two CPUs with a watchdog that has begun to count.
  private final class Bench {
    let system: ModelSystem
    let device: VirtualDeviceRecord

    init() {
      let device = VirtualDeviceRecord(
        kind: .watchdog, domain: 0, base: 0x5000_0000, size: 0x2000, intid: line,
        parameter: period | WatchdogTests.start << 32)
      system = ModelSystem([.init(name: "a", cpus: 2, devices: [device])])
      // As the table has it, with its state.
      self.device = system.partition.virtualDevice(0)
      first.startWatchdog(frequency: 1_000_000)
    }

    var first: VirtualCPU<ModelCPU> { system.virtualCPU(0) }
    var timer: UInt64? { system.cpus[0].deadline }
    var isAsserted: Bool { first.domain.state.virtualLines.asserted & 1 << (line % 32) != 0 }

    func pass(_ time: UInt64) { for cpu in system.cpus { cpu.counter += time } }
    func read(_ offset: UInt32, size: Int = 4) -> UInt64 { first.readWatchdog(device, offset, size: size) }
    func write(_ offset: UInt32, _ value: UInt64, size: Int = 4, on cpu: Int = 0) {
      system.virtualCPU(cpu).writeWatchdog(device, offset, size: size, value)
    }
  }

  @Test func `a domain that never starts it is ended after the time that the manifest allows`() {
    let bench = Bench()
    #expect(bench.timer == Self.start)
    #expect(bench.read(Register.status) == 0 && bench.read(Register.compare, size: 8) == 0)
    bench.pass(Self.start - 1)
    #expect(bench.first.watchdogExpired() == nil)
    #expect(bench.timer == Self.start)
    bench.pass(1)
    #expect(bench.first.watchdogExpired() == .neverStarted)
    #expect(bench.timer == nil)
  }

  @Test func `a refresh before it was started puts nothing off`() {
    let bench = Bench()
    bench.pass(100)
    bench.write(Register.refresh, 0)
    bench.write(Register.offset, 1)
    #expect(bench.timer == Self.start)
  }

  @Test func `half of the period without a refresh interrupts, the other half ends the run`() {
    let bench = Bench()
    bench.write(Register.status, 1)
    #expect(bench.read(Register.status) == 1)
    #expect(bench.timer == Self.period / 2)
    bench.pass(Self.period / 2)
    #expect(bench.first.watchdogExpired() == nil)
    #expect(bench.isAsserted && bench.read(Register.status) == 3)
    bench.pass(Self.period / 2)
    #expect(bench.first.watchdogExpired() == .notRefreshed)
    #expect(bench.read(Register.status) == 7)
  }

  @Test func `a refresh takes the interrupt back and begins anew`() {
    let bench = Bench()
    bench.write(Register.status, 1)
    bench.pass(Self.period / 2)
    #expect(bench.first.watchdogExpired() == nil)
    bench.pass(1000)
    bench.write(Register.refresh, 0)
    #expect(!bench.isAsserted && bench.read(Register.status) == 1)
    #expect(bench.read(Register.compare, size: 8) == Self.period + 1000)
    for _ in 0..<10 {
      bench.pass(Self.period / 2 - 1)
      bench.write(Register.refresh, 0)
      #expect(bench.first.watchdogExpired() == nil && !bench.isAsserted)
    }
  }

  @Test func `the domain can neither stop it nor make its stages longer, only shorter`() {
    let bench = Bench()
    bench.write(Register.status, 1)
    bench.write(Register.status, 0)
    #expect(bench.read(Register.status) == 1)
    bench.write(Register.offset, .max, size: 8)
    #expect(bench.read(Register.offset, size: 8) == 0xFFFF_FFFF_FFFF)
    #expect(bench.read(Register.compare, size: 8) == Self.period / 2)
    bench.write(Register.compare, .max, size: 8)
    #expect(bench.read(Register.compare, size: 8) == Self.period / 2)
    bench.write(Register.offset, 1000, size: 8)
    #expect(bench.read(Register.compare, size: 8) == 1000 && bench.timer == 1000)
  }

  @Test func `another CPU's refresh moves the deadline, and tells the first CPU only if that comes nearer`() {
    let bench = Bench()
    func taken() -> Requests { bench.first.domain.cpu(0).shared.requests.take() }
    _ = taken()
    bench.write(Register.status, 1, on: 1)
    #expect(bench.timer == Self.start)
    bench.first.answer(taken())
    #expect(bench.timer == Self.period / 2)
    bench.pass(100)
    bench.write(Register.refresh, 0, on: 1)
    #expect(!taken().contains(.watchdog) && bench.timer == Self.period / 2)
    bench.pass(Self.period / 2 - 100)
    #expect(bench.first.watchdogExpired() == nil)
    #expect(!bench.isAsserted && bench.timer == Self.period / 2 + 100)
  }

  @Test func `a domain that is being stopped is not ended once more, and one that starts again starts from nothing`() {
    let bench = Bench()
    bench.write(Register.status, 1)
    bench.pass(Self.period)
    let isStopping = bench.first.domain.state.status.stop(toRestart: true)
    #expect(isStopping)
    #expect(bench.first.watchdogExpired() == nil)
    #expect(bench.timer == nil)
    bench.first.startWatchdog(frequency: 1_000_000)
    #expect(bench.read(Register.status) == 0 && bench.timer == Self.period + Self.start)
  }

  @Test func `its registers are a generic watchdog's of version 1, and nothing else is there`() {
    let bench = Bench()
    bench.write(Register.status, 1)
    for frame in [UInt32(0), 0x1000] { #expect(bench.read(frame + 0xFCC) >> 16 & 0xF == 1) }
    for offset in stride(from: UInt32(0x20), to: 0x2000, by: 4) where offset & 0xFFF != 0xFCC {
      #expect(bench.read(offset) == 0)
    }
    bench.pass(100)
    for offset in stride(from: UInt32(0x14), to: 0x1000, by: 4) { bench.write(offset, .max) }
    for size in [1, 2] {
      bench.write(Register.refresh, 0, size: size)
      #expect(bench.read(Register.status, size: size) == 0)
    }
    #expect(bench.read(Register.compare) == Self.period / 2)
  }

  @Test func `the console and the watchdog have the timer together`() {
    let bench = Bench()
    let cpu = bench.system.cpu(0)
    cpu.setTimer(.console, 50, bench.system.cpus[0])
    #expect(bench.timer == 50)
    #expect(cpu.isDue(.console, now: 50) && !cpu.isDue(.watchdog, now: 50))
    cpu.setTimer(.console, nil, bench.system.cpus[0])
    #expect(bench.timer == Self.start)
    cpu.setTimer(.watchdog, nil, bench.system.cpus[0])
    #expect(bench.timer == nil)
  }
}
