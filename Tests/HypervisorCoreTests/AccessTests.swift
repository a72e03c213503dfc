import TestSupport
import HypervisorCore
import HypervisorModel
import ImageFormat
import Testing

/// Data aborts as EL2 gets them: an address, a syndrome and saved registers, all of a domain's choosing.
@Suite struct AccessTests {
  private static func frame(_ body: (TrapFrame, UnsafeMutablePointer<UInt64>) -> Void) {
    let registers = UnsafeMutablePointer<UInt64>.allocate(capacity: 32)
    defer { registers.deallocate() }
    for index in 0..<31 { registers[index] = 0x1111_1111_1111_1111 * UInt64(index % 16) }
    registers[31] = 0
    body(TrapFrame(registers), registers)
  }

  @Test func `a load puts the register's value where the instruction says and nowhere else`() {
    let system = ModelSystem([.init(name: "a", cpus: 1, lines: [40], console: 33)])
    Self.frame { frame, registers in
      for register in 0..<32 as Range<UInt32> {
        let before = (0..<31).map { registers[$0] }
        let abort = AbortSyndrome(iss: 1 << 24 | 2 << 22 | register << 16 | 0x05)
        #expect(system.virtualCPU(0).emulate(at: 0x0800_FFE8, abort, frame, console: { system.console(0) }))
        for index in 0..<31 { #expect(registers[index] == (index == Int(register) ? 0x3B : before[index])) }
        if register < 31 { registers[Int(register)] = before[Int(register)] }
      }
    }
  }

  @Test func `a store of the zero register stores zero`() {
    let system = ModelSystem([.init(name: "a", cpus: 1, console: 33)])
    Self.frame { frame, _ in
      let store = AbortSyndrome(iss: 1 << 24 | 2 << 22 | 31 << 16 | 1 << 6 | 0x05)
      system.virtualCPU(0).writeDistributor(0, size: 4, 2)
      #expect(system.virtualCPU(0).emulate(at: 0x0800_0000, store, frame, console: { system.console(0) }))
      #expect(system.virtualCPU(0).readDistributor(0, size: 4) == 0x50)
    }
  }

  @Test func `what a load finds at a look is what every load finds there`() {
    let system = ModelSystem([.init(name: "a", cpus: 2, lines: [40, 100], console: 33), .init(name: "b", cpus: 1)])
    let gicv2 = ModelSystemGICv2([.init(name: "a", cpus: 2, lines: [40, 100], console: 33)])
    let counts = [0, 1].map { Self.compareLooks(system, $0) + Self.compareLooks(gicv2, $0) }
    // 31 words of enables twice and the two first registers; of the redistributor, or of word 0, the two enables.
    #expect(counts == [2 * (62 + 2 + 2), 2 * (62 + 2 + 2)])
    #expect(Self.compareLooks(system, 2) == 62 + 2 + 2)
  }

  /// Looks at every word of the windows and between them; how often a look was enough.
  private static func compareLooks<CPU>(_ system: AnyModelSystem<CPU>, _ number: Int) -> Int {
    let virtualCPU = system.virtualCPU(number)
    virtualCPU.writeDistributor(0, size: 4, 3)
    virtualCPU.writeDistributor(0x104, size: 4, .max)
    virtualCPU.writeDistributor(0x10C, size: 4, .max)
    if !CPU.isGICv2 { virtualCPU.writeRedistributor(0x1_0100, size: 4, 0x4) }
    var count = 0
    frame { frame, registers in
      for address in stride(from: 0x07FF_F000 as UInt64, to: 0x0910_0000, by: 4) {
        guard let value = virtualCPU.readAtOnce(address) else { continue }
        count += 1
        let load = AbortSyndrome(iss: 1 << 24 | 2 << 22 | 3 << 16 | 0x05)
        #expect(virtualCPU.emulate(at: address, load, frame, console: { system.console(number) }))
        #expect(registers[3] == UInt64(value))
      }
    }
    for address in [0x0800_0001, 0x0800_0105, 0x0800_0106, 0, .max] as [UInt64] {
      #expect(virtualCPU.readAtOnce(address) == nil)
    }
    return count
  }

  @Test func `the distributor's words are those of its window`() {
    let system = ModelSystem([.init(name: "a", cpus: 1)])
    let gicv2 = ModelSystemGICv2([.init(name: "a", cpus: 1)])
    for address in 0x07FF_FFF0..<0x0801_0010 as Range<UInt64> {
      let offset = address &- 0x0800_0000
      let isWord = offset & 3 == 0 && offset < 0x1_0000
      #expect(system.virtualCPU(0).distributorWord(at: address) == (isWord ? UInt32(offset) : nil))
      #expect(gicv2.virtualCPU(0).distributorWord(at: address) == (isWord && offset < 0x1000 ? UInt32(offset) : nil))
    }
  }

  @Test func `only the domain's own windows are emulated`() {
    let system = ModelSystem([.init(name: "a", cpus: 2, console: 33), .init(name: "b", cpus: 1)])
    let abort = AbortSyndrome(iss: 1 << 24 | 2 << 22 | 0x05)
    Self.frame { frame, _ in
      let windows: [(UInt64, Int, Bool)] = [
        (0x07FF_FFFC, 0, false), (0x0800_0000, 0, true), (0x0800_FFFC, 0, true), (0x0801_0000, 0, false),
        (0x0809_FFFC, 0, false), (0x080A_0000, 0, true), (0x080D_FFFC, 0, true), (0x080E_0000, 0, false),
        (0x080C_0000, 2, false), (0x080B_FFFC, 2, true), (0x08FF_FFFC, 0, false), (0x0900_0000, 0, true),
        (0x0900_0FFC, 0, true), (0x0900_1000, 0, false), (0x0900_0000, 2, false), (0, 2, false), (.max, 0, false),
      ]
      for (address, number, isEmulated) in windows {
        let result = system.virtualCPU(number).emulate(at: address, abort, frame, console: { system.console(number) })
        #expect(result == isEmulated)
      }
    }
  }

  @Test func `an access that is not aligned to its size is refused, as it may end beyond the window`() {
    let system = ModelSystem([.init(name: "a", cpus: 1, console: 33)])
    Self.frame { frame, registers in
      for end in [0x0801_0000, 0x080C_0000, 0x0900_1000] as [UInt64] {
        for (code, size) in [(0, 1), (1, 2), (2, 4), (3, 8)] as [(UInt32, UInt64)] {
          for write in [0, 1 << 6] as [UInt32] {
            for distance in 1...(2 * size) {
              registers[3] = 0x5555_5555_5555_5555
              let abort = AbortSyndrome(iss: 1 << 24 | code << 22 | 3 << 16 | 1 << 15 | write | 0x05)
              let isEmulated = system.virtualCPU(0).emulate(
                at: end - distance, abort, frame, console: { system.console(0) })
              #expect(isEmulated == (distance % size == 0))
              #expect(isEmulated || registers[3] == 0x5555_5555_5555_5555)
            }
          }
        }
      }
    }
  }

  @Test func `no syndrome, address or register value upsets EL2`() {
    var random = SeededGenerator(seed: 23)
    let system = ModelSystem([.init(name: "a", cpus: 3, lines: [40, 1019], edges: [40], console: 33)])
    Self.frame { frame, registers in
      for _ in 0..<200_000 {
        let number = Int.random(in: 0..<3, using: &random)
        let base = ([0x0800_0000, 0x080A_0000, 0x0900_0000] as [UInt64]).randomElement(using: &random) ?? 0
        let address = base + UInt64.random(in: 0..<0x7_0000, using: &random)
        let abort = AbortSyndrome(iss: UInt32.random(in: 0..<1 << 25, using: &random))
        registers[Int.random(in: 0..<31, using: &random)] = random.next()
        _ = system.virtualCPU(number).emulate(at: address, abort, frame, console: { system.console(number) })
        if Int.random(in: 0..<16, using: &random) == 0 { system.settle() }
      }
    }
    #expect(system.gic.strays.isEmpty)
    #expect(system.gic.touchedShared.isSubset(of: [40, 1019]))
  }
}
