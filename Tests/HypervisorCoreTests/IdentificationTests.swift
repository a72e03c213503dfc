import TestSupport
import HypervisorCore
import HypervisorModel
import ImageFormat
import Testing

@Suite struct IdentificationTests {
  static let none = DomainFeatures(rawValue: 0)
  static let all = DomainFeatures(rawValue: 3)
  static let everything = DomainFeatures(rawValue: 15)

  /// register, lowest bit of a field that no domain may see
  static let hidden: [(Int, UInt64)] = [
    (32, 8), (32, 12), (32, 28), (32, 32), (32, 36), (32, 40), (32, 44), (32, 52),  // EL2 EL3 RAS SVE SEL2 MPAM AMU RME
    (33, 8), (33, 12), (33, 16), (33, 24), (33, 36),  // MTE RAS_frac MPAM_frac SME NMI
    (40, 4), (40, 32), (40, 40), (40, 44), (40, 52),  // TraceVer PMSVer TraceFilt TraceBuffer BRBE
    (48, 24), (49, 60), (50, 16),  // TME LS64 MOPS
    (56, 56), (56, 60), (57, 8), (57, 16), (57, 40), (58, 24), (58, 40),  // FGT ECV VH LO HCX NV FWB
  ]

  @Test(arguments: hidden) func `what EL2 traps is not shown`(register: Int, bit: UInt64) {
    for features in [Self.none, Self.all] {
      let value = IdentificationRegister.value(register, hardware: .max, features: features)
      #expect(value >> bit & 0xF == 0)
    }
  }

  @Test func `registers that the architecture has not given a meaning read as zero`() {
    let known: Set<Int> = [32, 33, 40, 48, 49, 50, 56, 57, 58]
    for index in 32..<64 where !known.contains(index) {
      #expect(IdentificationRegister.value(index, hardware: .max, features: Self.all) == 0)
    }
  }

  @Test func `nothing is shown that the hardware lacks but what every CPU has`() {
    var random = SeededGenerator(seed: 2)
    for _ in 0..<20_000 {
      let hardware = random.next()
      let index = Int.random(in: 8..<64, using: &random)
      let value = IdentificationRegister.value(index, hardware: hardware, features: Self.all)
      let always: UInt64 = index == 32 ? 0x10 : index == 40 ? 1 << 12 | 1 << 20 : 0
      for bit in stride(from: UInt64(0), to: 64, by: 4) {
        let shown = value >> bit & 0xF
        let there = (hardware | always) >> bit & 0xF
        // A field shows the hardware's value, a smaller one, or what every CPU has.
        #expect(shown == there || shown < hardware >> bit & 0xF || shown == always >> bit & 0xF)
      }
    }
  }

  @Test func `pointer authentication and the performance monitors are shown to those who have them`() {
    let given = IdentificationRegister.value(49, hardware: .max, features: Self.all)
    let withheld = IdentificationRegister.value(49, hardware: .max, features: Self.none)
    #expect(given & 0xFF00_0FF0 == 0xFF00_0FF0)
    #expect(withheld & 0xFF00_0FF0 == 0)
    #expect(given & ~0xFF00_0FF0 == withheld)
    #expect(IdentificationRegister.value(40, hardware: .max, features: Self.none) & 0xF00 == 0)
    #expect(IdentificationRegister.value(40, hardware: 0x600, features: Self.all) & 0xF00 == 0x600)
  }

  @Test func `SVE and debug are shown to those who have them`() {
    func shown(_ index: Int, _ features: DomainFeatures) -> UInt64 {
      IdentificationRegister.value(index, hardware: .max, features: features)
    }
    for features in [Self.none, Self.all] {
      #expect(shown(32, features) >> 32 & 0xF == 0)
      #expect(shown(36, features) == 0)
      // Two breakpoints, two watchpoints, one context: each field is one less.
      #expect(shown(40, features) & 0xF0F0_F000 == 1 << 12 | 1 << 20)
    }
    #expect(shown(32, Self.everything) >> 32 & 0xF == 0xF)
    #expect(shown(36, Self.everything) == 0x0FF0_FF0F_0FFF_00FF)
    #expect(shown(40, Self.everything) & 0xF0F0_F000 == 0xF0F0_F000)
  }

  @Test func `performance monitors of an implementation's own, or newer than is known here, are not shown`() {
    for (hardware, shown) in [(UInt64(0xF00), UInt64(0)), (0x900, 0x800), (0x800, 0x800), (0x100, 0x100), (0, 0)] {
      #expect(IdentificationRegister.value(40, hardware: hardware, features: Self.all) & 0xF00 == shown)
    }
  }

  @Test func `HCR_EL2's pointer authentication bits follow what is shown`() {
    for (isar1, isar2) in [(0, 0), (1 << 4, 0), (1 << 8, 0), (1 << 24, 0), (1 << 28, 0), (0, 1 << 8), (0, 1 << 12)]
      as [(UInt64, UInt64)]
    {
      let shown =
        IdentificationRegister.value(49, hardware: isar1, features: Self.all) & 0xFF00_0FF0 != 0
        || IdentificationRegister.value(50, hardware: isar2, features: Self.all) & 0xFF00 != 0
      #expect(
        IdentificationRegister.showsPointerAuthentication(isar1: isar1, isar2: isar2, features: Self.all) == shown)
      #expect(!IdentificationRegister.showsPointerAuthentication(isar1: isar1, isar2: isar2, features: Self.none))
    }
  }

  @Test func `addresses beyond 48 bits are not shown`() {
    let value = IdentificationRegister.value(56, hardware: 0x1022_0006 | 2 << 20, features: Self.none)
    #expect(value & 0xF == 5)
    #expect(value >> 20 & 0xF == 1)
    #expect(value >> 28 & 0xF == 0)
    #expect(IdentificationRegister.value(56, hardware: 0xF000_0002, features: Self.none) == 0xF000_0002)
  }

  @Test func `a Cortex-A53 is shown as it is but for its exception levels`() {
    #expect(IdentificationRegister.value(32, hardware: 0x0100_2222, features: Self.none) == 0x0100_0012)
    #expect(IdentificationRegister.value(56, hardware: 0x1122, features: Self.none) == 0x1122)
    #expect(IdentificationRegister.value(48, hardware: 0x1_1120, features: Self.none) == 0x1_1120)
  }

  @Test func `a domain of differing CPUs sees the values that were chosen for all of them, and of the rest the CPU's`()
  {
    var random = SeededGenerator(seed: 5)
    let indices = (8...63).shuffled(using: &random)
    for count in [0, 1, 7, 16] {
      let chosen = Dictionary(uniqueKeysWithValues: indices.prefix(count).map { ($0, random.next()) })
      let system = ModelSystem([.init(name: "a", cpus: 1), .init(name: "b", cpus: 2, identification: chosen)])
      for index in 8...63 {
        let hardware = random.next()
        #expect(system.partition.domainHandle(0).identification(index, hardware: hardware) == hardware)
        #expect(
          system.partition.domainHandle(1).identification(index, hardware: hardware) == chosen[index] ?? hardware)
      }
    }
  }
}
