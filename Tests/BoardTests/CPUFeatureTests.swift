import DeviceTree
import TestSupport
import Testing

@testable import Board

@Suite("What CPUs can do")
struct CPUFeatureTests {
  private func board(_ types: [String], statements: [CPUStatement] = []) throws -> Board {
    let cpus = types.enumerated().map { index, type in
      "cpu@\(index) { device_type = \"cpu\"; reg = <\(index)>; compatible = \"\(type)\"; };"
    }
    let body = "cpus { #address-cells = <1>; #size-cells = <0>; \(cpus.joined(separator: " ")) };"
    return Board.read(
      name: "generic", tree: try tree(body), treeFile: "test.dtb",
      description: BoardDescription(summary: "a test", cpuStatements: statements))
  }

  private func names(_ registers: [IDRegister: UInt64]) -> [String] {
    CPUFeature.all.filter { $0.isPresent(in: registers) }.map(\.name)
  }

  @Test("is what each type's manual says, and no optional feature that nobody states")
  func types() throws {
    let board = try board(["arm,cortex-a53", "arm,cortex-a55", "arm,neoverse-n1", "qcom,kryo385"])
    let known = board.cpus.map { board.identification(of: $0) }
    #expect(try names(#require(known[0]).registers) == ["crc32", "fp", "asimd"])
    #expect(
      try names(#require(known[1]).registers) == [
        "crc32", "atomics", "asimdrdm", "asimddp", "dcpop", "lrcpc", "fp", "fphp", "asimd", "asimdhp", "ras", "ssbs",
        "pan", "uao",
      ])
    #expect(try #require(known[2]).registers[.pfr1] == 0x20)
    #expect(known[3] == nil)
  }

  @Test("includes what board.yaml states, and excludes what it denies")
  func statements() throws {
    let aes = try #require(CPUFeature.named("aes"))
    let pmull = try #require(CPUFeature.named("pmull"))
    let sha2 = try #require(CPUFeature.named("sha2"))
    let crc32 = try #require(CPUFeature.named("crc32"))
    let statements = [
      CPUStatement(compatible: "arm,cortex-a53", present: [aes, pmull, sha2], absent: [crc32]),
      CPUStatement(compatible: "qcom,kryo385", present: [aes], absent: [sha2]),
    ]
    let board = try board(["arm,cortex-a53", "arm,cortex-a72", "qcom,kryo385"], statements: statements)
    let first = try #require(board.identification(of: board.cpus[0]))
    #expect(names(first.registers) == ["aes", "pmull", "sha2", "fp", "asimd"])
    #expect(first.registers[.isar0] == 0x1020)
    let second = try #require(board.identification(of: board.cpus[1]))
    #expect(names(second.registers) == ["crc32", "fp", "asimd"])
    #expect(board.statement(on: aes, of: board.cpus[2]) == true)
    #expect(board.statement(on: sha2, of: board.cpus[2]) == false)
    #expect(board.statement(on: crc32, of: board.cpus[2]) == nil)
  }

  @Test("is in common, field by field, what every CPU has: the order does not matter, and one type is itself")
  func common() throws {
    let types = CPUType.allCases.filter { $0.registers != nil }
    #expect(types.count >= 9)
    let board = try board(types.map(\.rawValue))
    let known = board.cpus.compactMap { board.identification(of: $0) }
    for one in known {
      #expect(CPUIdentification.common([one, one]) == one.registers)
      for other in known {
        let common = CPUIdentification.common([one, other])
        #expect(common == CPUIdentification.common([other, one]))
        let both = Set(names(one.registers)).intersection(names(other.registers))
        #expect(Set(names(common)) == both, "\(one.type) and \(other.type)")
      }
    }
    let all = CPUIdentification.common(known)
    #expect(all == CPUIdentification.common(known.reversed()))
    // 40 bits of address, 16-bit ASIDs, mixed endianness, secure memory told apart, no 16 KiB granule; and of a second
    // stage, which a domain does not have, no granule.
    #expect(all[.mmfr0] == 0x111_0000_1122)
    #expect(names(all) == ["crc32", "fp", "asimd"])
  }

  @Test("of two values of a field is the one that promises less, signed where the architecture has it so")
  func fields() {
    let cases: [(IDRegister, UInt64, UInt64, UInt64, UInt64)] = [
      // PARange and TGran16 are unsigned.
      (.mmfr0, 0, 2, 5, 2), (.mmfr0, 20, 0, 1, 0),
      // TGran4 and AdvSIMD: 0b1111 is "not there".
      (.mmfr0, 28, 0xF, 0, 0xF), (.mmfr0, 28, 0, 1, 0), (.pfr0, 20, 0xF, 1, 0xF), (.pfr0, 20, 0, 1, 0),
      // The stage-2 granules: where CPUs differ, "not there".
      (.mmfr0, 40, 0, 2, 1), (.mmfr0, 40, 2, 2, 2),
      // SpecSEI is a hazard.
      (.mmfr1, 24, 0, 1, 1),
      // DoubleLock: 0 is there, 0b1111 is not.
      (.dfr0, 36, 0xF, 0, 0xF),
    ]
    for (register, shift, left, right, lesser) in cases {
      let field = IDField(register: register, shift: shift)
      #expect(field.lesser(left, right) == lesser, "\(register.name) \(shift)")
      #expect(field.lesser(right, left) == lesser, "\(register.name) \(shift)")
      #expect(field.value(in: field.replacing(left, in: .max)) == left)
      #expect(field.replacing(0xF, in: field.replacing(left, in: .max)) == .max)
    }
  }

  @Test(
    "is known of the mixed CPUs of real boards",
    arguments: [
      ("rockchip/rk3399-rockpro64.dtb", ["arm,cortex-a53", "arm,cortex-a72"]),
      ("arm/juno.dtb", ["arm,cortex-a53", "arm,cortex-a57"]),
      ("amlogic/meson-g12b-odroid-n2.dtb", ["arm,cortex-a53", "arm,cortex-a73"]),
    ])
  func realBoards(name: String, types: [String]) throws {
    let board = Board.read(
      name: "generic", tree: try DeviceTree(blob: Corpus.blob(name)), treeFile: name, description: .generic)
    #expect(Set(board.cpus.compactMap(\.compatible.first)) == Set(types))
    let known = board.cpus.compactMap { board.identification(of: $0) }
    #expect(known.count == board.cpus.count)
    #expect(names(CPUIdentification.common(known)) == ["crc32", "fp", "asimd"])
    #expect(CPUIdentification.common(known)[.mmfr0] == 0x1122)
  }
}
