import TestSupport
import HypervisorCore
import HypervisorModel
import ImageFormat
import Testing

@Suite struct ConsoleTests {
  private static func system() -> ModelSystem {
    ModelSystem([
      .init(name: "cluster", cpus: 1, console: 33, criticality: 2),
      .init(name: "infotainment", cpus: 2, console: 33, criticality: 0), .init(name: "mute", cpus: 1),
    ])
  }

  private static func write(_ text: String, _ system: ModelSystem, cpu number: Int) {
    for byte in text.utf8 {
      system.virtualCPU(number).writeConsole(0, size: 1, UInt64(byte), console: system.console(number))
    }
  }

  private static func expire(_ system: ModelSystem, after ticks: UInt64 = 100_000) {
    for _ in 0..<200 {
      let due = system.cpus.indices.filter { system.cpus[$0].deadline != nil }
      if due.isEmpty { return }
      for number in due {
        system.cpus[number].counter += ticks
        system.console(number).timerExpired()
      }
      system.uart.fill = 0
    }
  }

  @Test func `each line carries its domain's name`() {
    let system = Self.system()
    Self.write("beat\n", system, cpu: 0)
    Self.write("Linux\r\nis up\n", system, cpu: 2)
    #expect(system.uart.text == "[cluster] beat\r\n[infotainment] Linux\r\n[infotainment] is up\r\n")
  }

  @Test func `carriage returns, which are taken and not sent, cost another domain no more than other bytes`() {
    let system = Self.system()
    let infotainment = system.partition.domainHandle(1)
    for _ in 0..<1000 { _ = infotainment.state.output.append(0x0D) }
    _ = infotainment.state.output.append(0x0A)
    infotainment.state.output.publish()
    system.console(1).markDomainReady()
    var before = infotainment.state.output.count
    while before > 0 {
      system.console(0).drain()
      let after = infotainment.state.output.count
      #expect(before - after <= Console<ModelCPU>.budget && after < before)
      if after == before { return }
      before = after
    }
    #expect(system.uart.text == "[infotainment] \r\n")
  }

  @Test func `lines of domains that write at the same time stay whole`() {
    var random = SeededGenerator(seed: 5)
    let system = Self.system()
    var written: [String: [String]] = ["cluster": [], "infotainment": []]
    var rest: [Int: String] = [0: "", 1: ""]
    for _ in 0..<20_000 {
      let number = Int.random(in: 0...1, using: &random)
      let name = number == 0 ? "cluster" : "infotainment"
      if rest[number] == "" {
        let line = String(
          (0..<Int.random(in: 1...60, using: &random)).map { _ in "abcdefgh".randomElement(using: &random) ?? "a" })
        written[name]?.append(line)
        rest[number] = line + "\n"
      }
      let byte = rest[number]?.removeFirst() ?? "x"
      Self.write(String(byte), system, cpu: number)
    }
    for number in 0...1 { Self.write(rest[number] ?? "", system, cpu: number) }
    Self.expire(system)
    for name in ["cluster", "infotainment"] {
      let label = "[\(name)] "
      let shown = system.uart.lines.filter { $0.hasPrefix(label) }.map { String($0.dropFirst(label.count)) }
      #expect(shown == (written[name] ?? []))
    }
  }

  @Test func `a prompt without an end appears after a while, and another domain's line then ends it`() {
    let system = Self.system()
    Self.write("/ # ", system, cpu: 1)
    #expect(system.uart.sent.isEmpty)
    Self.expire(system)
    #expect(system.uart.text == "[infotainment] / # ")
    Self.write("beat\n", system, cpu: 0)
    #expect(system.uart.text == "[infotainment] / # \r\n[cluster] beat\r\n")
    Self.write("ls\n", system, cpu: 1)
    #expect(system.uart.lines.last == "" && system.uart.lines.dropLast().last == "[infotainment] ls")
  }

  @Test func `a carriage return alone starts the line anew with its label`() {
    let system = Self.system()
    Self.write("10%\r20%\r\n", system, cpu: 1)
    #expect(system.uart.text == "[infotainment] 10%\r[infotainment] 20%\r\n")
  }

  @Test func `a slow UART holds back the domain that writes, and loses nothing`() {
    let system = Self.system()
    system.uart.depth = 16
    var expected = ""
    let line = String(repeating: "x", count: 70)
    let cpu = system.virtualCPU(1)
    var waited = 0
    for _ in 0..<40 {
      for byte in (line + "\n").utf8 {
        // A driver looks at UARTFR.TXFF (5) first.
        while cpu.readConsole(0x18, size: 4, console: system.console(1)) & (1 << 5) != 0 {
          waited += 1
          system.uart.fill = 0
        }
        cpu.writeConsole(0, size: 4, UInt64(byte), console: system.console(1))
      }
      expected += "[infotainment] \(line)\r\n"
    }
    #expect(waited > 0)
    Self.expire(system)
    #expect(system.uart.text == expected)
  }

  @Test func `a full transmitter interrupts when it has room again`() {
    let system = Self.system()
    system.uart.depth = 16
    let cpu = system.virtualCPU(1)
    cpu.writeDistributor(DistributorRegister.control, size: 4, 2)
    cpu.writeDistributor(DistributorRegister.setEnable + 4, size: 4, 2)
    for _ in 0..<1_100 { cpu.writeConsole(0, size: 4, 0x2E, console: system.console(1)) }
    #expect(cpu.readConsole(0x18, size: 4, console: system.console(1)) & (1 << 5) != 0)
    cpu.writeConsole(0x44, size: 4, 0x7FF, console: system.console(1))
    cpu.writeConsole(0x38, size: 4, 1 << 5, console: system.console(1))
    #expect(system.cpus[1].acknowledge() == nil)
    Self.expire(system)
    system.settle()
    #expect(system.cpus[1].acknowledge() == 33)
    #expect(cpu.readConsole(0x40, size: 4, console: system.console(1)) == 1 << 5)
  }

  @Test func `one trap moves a bounded number of bytes`() {
    let system = Self.system()
    system.uart.depth = 0
    Self.write(String(repeating: String(repeating: "y", count: 99) + "\n", count: 10), system, cpu: 1)
    system.uart.depth = .max
    let before = system.uart.sent.count
    Self.write("\n", system, cpu: 0)
    #expect(system.uart.sent.count - before <= Console<ModelCPU>.budget)
  }

  @Test func `nobody waits for a UART that another CPU owns`() {
    let system = Self.system()
    _ = system.system.state.consoleOwner.compareExchange(expected: 0, desired: 3, ordering: .relaxed)
    Self.write("beat\n", system, cpu: 0)
    #expect(system.uart.sent.isEmpty && system.cpus[0].deadline != nil)
    system.system.state.consoleOwner.store(0, ordering: .relaxed)
    Self.expire(system)
    #expect(system.uart.text == "[cluster] beat\r\n")
  }

  @Test func `input goes to the least critical domain, and Ctrl-A n passes it on`() {
    let system = Self.system()
    system.console(0).chooseFocus()
    #expect(system.system.serial.input.focus == 1)
    system.uart.received = Array("ab".utf8)
    system.console(0).receive()
    system.settle()
    let linux = system.virtualCPU(1)
    #expect(linux.readConsole(0, size: 4, console: system.console(1)) == 0x61)
    #expect(linux.readConsole(0, size: 4, console: system.console(1)) == 0x62)
    #expect(linux.readConsole(0x18, size: 4, console: system.console(1)) & (1 << 4) != 0)
    system.uart.received = [1, UInt8(ascii: "n"), UInt8(ascii: "z"), 1, 1]
    system.console(0).receive()
    #expect(system.uart.text == "[bulkhead] input goes to cluster (Ctrl-A n: next domain)\r\n")
    let cluster = system.virtualCPU(0)
    #expect(cluster.readConsole(0, size: 4, console: system.console(0)) == UInt64(UInt8(ascii: "z")))
    #expect(cluster.readConsole(0, size: 4, console: system.console(0)) == 1)
  }

  @Test func `received bytes interrupt the CPU that the line is routed to`() {
    let system = Self.system()
    system.console(0).chooseFocus()
    let cpu = system.virtualCPU(1)
    cpu.writeDistributor(DistributorRegister.control, size: 4, 2)
    cpu.writeDistributor(DistributorRegister.setEnable + 4, size: 4, 2)
    cpu.writeDistributor(0x6000 + 33 * 8, size: 8, 1)
    cpu.writeConsole(0x38, size: 4, 1 << 4 | 1 << 6, console: system.console(1))
    system.uart.received = [0x61]
    system.console(0).receive()
    system.settle()
    #expect(system.cpus[1].acknowledge() == nil)
    #expect(system.cpus[2].acknowledge() == 33)
    _ = system.virtualCPU(2).readConsole(0, size: 4, console: system.console(2))
    system.cpus[2].end(33)
    system.virtualCPU(2).synchronize()
    #expect(system.cpus[2].acknowledge() == nil)
  }

  @Test func `too much input is dropped, never more than the ring is kept`() {
    let system = Self.system()
    system.console(0).chooseFocus()
    for _ in 0..<100 {
      system.uart.received = [UInt8](repeating: 0x61, count: 32)
      system.console(0).receive()
    }
    #expect(system.partition.domainHandle(1).waiting == 256)
  }

  @Test func `EL2's reports are whole lines, cut where the ring is full`() {
    let system = Self.system()
    let report = Report(console: system.console(0))
    report.name(of: system.partition.domainHandle(0))
    report.text(", CPU ")
    report.decimal(0)
    report.text(": ")
    report.hexadecimal(0xDEAD_0000_BEEF)
    report.decimal(.max)
    report.send()
    #expect(system.uart.text == "[bulkhead] cluster, CPU 0: 0xdead0000beef18446744073709551615\r\n")
    let long = Report(console: system.console(0))
    for _ in 0..<200 { long.text("0123456789") }
    long.send()
    Self.expire(system)
    #expect(system.uart.lines.count == 3 && system.uart.text.hasSuffix("\r\n"))
  }

  @Test func `any access to a UART page is answered`() {
    var random = SeededGenerator(seed: 11)
    let system = Self.system()
    for _ in 0..<50_000 {
      let number = Int.random(in: 0...2, using: &random)
      let offset = UInt32.random(in: 0..<0x1000, using: &random)
      let size = [1, 2, 4, 8].randomElement(using: &random) ?? 4
      if Bool.random(using: &random) {
        system.virtualCPU(number).writeConsole(offset, size: size, random.next(), console: system.console(number))
      } else {
        _ = system.virtualCPU(number).readConsole(offset, size: size, console: system.console(number))
      }
    }
    #expect(system.gic.touchedShared.isEmpty && system.gic.strays.isEmpty)
  }
}
