import Foundation
import HypervisorCore
import HypervisorModel
import ImageFormat
import Testing

@Suite struct UARTTests {
  static let kinds: [ConsoleKind] = [.pl011, .cadence, .imx, .miniUART]

  private static func system(_ kind: ConsoleKind) -> ModelSystem {
    ModelSystem([.init(name: "a", cpus: 1, console: 33)], consoleKind: kind)
  }

  private static func uart(_ system: ModelSystem) throws -> PhysicalUART<ModelCPU> {
    try #require(PhysicalUART(hardware: system.cpus[0], table: system.partition.table))
  }

  @Test(arguments: kinds) func `bytes are sent while there is room`(_ kind: ConsoleKind) throws {
    let system = Self.system(kind)
    let uart = try Self.uart(system)
    system.uart.depth = 3
    for byte in Array("abcdef".utf8) where uart.hasRoom { uart.send(byte) }
    #expect(system.uart.text == "abc" && !uart.hasRoom && !uart.isIdle)
    system.uart.fill = 2
    #expect(uart.hasRoom && !uart.isIdle)
    system.uart.fill = 0
    #expect(uart.isIdle)
  }

  @Test(arguments: kinds) func `a received byte interrupts until all are taken`(_ kind: ConsoleKind) throws {
    let system = Self.system(kind)
    let uart = try Self.uart(system)
    uart.start(kind.rawValue)
    #expect(!system.uart.interrupts && uart.receive() == nil)
    system.uart.arrive(Array("ls\r".utf8))
    #expect(system.uart.interrupts)
    system.console(0).receive()
    #expect(!system.uart.interrupts && uart.receive() == nil)
    #expect((0..<3).map { _ in system.partition.domainHandle(0).receive() } == Array("ls\r".utf8))
    system.uart.arrive([0x41])
    #expect(system.uart.interrupts)
  }

  @Test func `what the boot loader set up stays, and a UART that is off is turned on`() throws {
    let states: [(ConsoleKind, [UInt64: UInt32], UInt64)] = [
      (.pl011, [0x30: 0x301], 0x2C), (.cadence, [0x00: 0x14], 0x04), (.imx, [0x80: 1, 0x84: 0x5027], 0x84),
      (.miniUART, [0x20: 3], 0x0C),
    ]
    for (kind, found, format) in states {
      let on = Self.system(kind)
      for (offset, value) in found { on.uart.stores[ModelUART.base + offset] = value }
      try Self.uart(on).start(kind.rawValue)
      #expect(on.uart.stored(format) == found[format], "\(kind): the format of a byte is the boot loader's")
      for (offset, value) in found where kind != .imx { #expect(on.uart.stored(offset) == value) }
      let off = Self.system(kind)
      try Self.uart(off).start(kind.rawValue)
      #expect((off.uart.stored(format) ?? 0) != 0, "\(kind)")
      for offset in Self.speed[kind] ?? [] {
        #expect(on.uart.stored(offset) == nil && off.uart.stored(offset) == nil, "\(kind): the speed is never touched")
      }
    }
  }

  @Test func `a receiver that the boot loader left off is turned on, and the format of a byte stays`() throws {
    let states: [(ConsoleKind, [UInt64: UInt32], [UInt64: UInt32])] = [
      (.pl011, [0x30: 0x101, 0x2C: 0x60], [0x30: 0x301, 0x2C: 0x60]),
      (.cadence, [0x00: 0x18, 0x04: 0], [0x00: 0x14, 0x04: 0]),
      (.imx, [0x80: 1, 0x84: 4], [0x84: 7]),
      (.miniUART, [0x20: 2], [0x20: 3]),
    ]
    for (kind, found, expected) in states {
      let system = Self.system(kind)
      for (offset, value) in found { system.uart.stores[ModelUART.base + offset] = value }
      try Self.uart(system).start(kind.rawValue)
      for (offset, value) in expected { #expect(system.uart.stored(offset) == value, "\(kind), \(offset)") }
      system.uart.arrive([0x41])
      #expect(system.uart.interrupts)
    }
  }

  /// Registers that decide the speed.
  private static let speed: [ConsoleKind: [UInt64]] = [
    .pl011: [0x24, 0x28], .cadence: [0x18, 0x34], .imx: [0xA4, 0xA8, 0xB0], .miniUART: [0x28],
  ]

  @Test func `the console says the same on every kind of UART, and nothing without one`() {
    for kind in Self.kinds {
      let system = Self.system(kind)
      let report = Report(console: system.console(0))
      report.text("hello")
      report.send()
      #expect(system.uart.text == "[bulkhead] hello\r\n")
    }
    for kind in [0, 5, UInt32.max] {
      let system = ModelSystem([.init(name: "a", cpus: 1, console: 33)], consoleKind: kind)
      #expect(PhysicalUART(hardware: system.cpus[0], table: system.partition.table) == nil)
      for _ in 0..<100 {
        let report = Report(console: system.console(0))
        report.text("nobody hears this")
        report.send()
      }
      system.console(0).receive()
      #expect(system.uart.sent.isEmpty && system.cpus[0].deadline == nil)
    }
  }

  @Test func `the boot code has the registers of every kind`() throws {
    let root = URL(filePath: #filePath).resolvingSymlinksInPath().deletingLastPathComponent()
      .deletingLastPathComponent().deletingLastPathComponent()
    let source = try String(
      contentsOf: root.appending(path: "Sources/HypervisorEntry/boot.S"), encoding: .utf8)
    let table = try #require(source.range(of: "\nuart_registers:\n")).upperBound
    let rows = source[table...].split(separator: "\n").prefix { $0.contains(".long") }.map { row in
      row.split(whereSeparator: { ", ".contains($0) }).compactMap { word in
        word.hasPrefix("0x") ? UInt32(word.dropFirst(2), radix: 16) : nil
      }
    }
    #expect(rows.count == Self.kinds.count)
    for (kind, row) in zip(Self.kinds, rows) {
      let registers = try #require(UARTRegisters.of(kind.rawValue))
      let room = registers.hasRoom
      #expect(row == [UInt32(room.offset), UInt32(room.mask), UInt32(room.value), UInt32(registers.send)])
    }
  }
}
