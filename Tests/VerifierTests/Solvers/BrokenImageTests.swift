import BulkheadKit
import Testing

@testable import Verifier

@Suite("The solvers refute an image that breaks a claim")
struct BrokenImageTests {
  private let built: BuiltSystem
  private let system: FinishedSystem
  private let bench: SolverBench

  init() throws {
    built = try BuiltSystem.cockpit.get()
    system = try built.system()
    bench = try SolverBench()
  }

  /// A leaf of a domain that has a MemAttr.
  private func leaf(_ domain: String, _ memoryType: UInt64) throws -> Leaf {
    let found = try #require(system.domains.first { $0.name == domain })
    return try #require(found.stage2.leaves.first { $0.descriptor >> 2 & 0xF == memoryType })
  }

  /// Edits a word of the image, and expects both solvers to refute a problem about it and, if another is named, to prove
  /// that one still.
  private func expectRefuted(
    _ name: String, at place: UInt64, not other: String? = nil, _ edit: (UInt64) -> UInt64
  ) throws {
    let image = try built.image.editing(place, edit)
    #expect(image.word(place) != built.image.word(place))
    let problems = try SolverBench.problems(image, built.pieces, built.context)
    try expectRefuted(name, problems)
    guard let other else { return }
    #expect(try bench.solve([try #require(problems[other])]).findings.isEmpty)
  }

  private func expectRefuted(_ name: String, _ problems: [String: SolverProblem]) throws {
    let proof = try bench.solve([try #require(problems[name], "no problem \(name)")])
    #expect(proof.entries.map(\.answers) == [[.sat, .sat], [.sat, .sat]], "\(name)")
    #expect(proof.findings.map(\.rule.rawValue) == ["BH-VER-082"])
    #expect(proof.findings.first?.message.contains("z3 says sat, cvc5 says sat to \(name).smt2") == true)
  }

  private func moving(to output: UInt64) -> (UInt64) -> UInt64 { { $0 & ~0x0000_FFFF_FFFF_F000 | output } }

  @Test("a domain maps a page of another's memory")
  func memory() throws {
    let foreign = try leaf("infotainment", 0b1111).output
    try expectRefuted(
      "pages-cluster-infotainment", at: leaf("cluster", 0b0001).place, not: "hypervisor-memory-cluster",
      moving(to: foreign))
  }

  @Test("a reader may write a channel, or execute it")
  func channel() throws {
    let place = try leaf("infotainment", 0b0101).place
    try expectRefuted("channel-cluster-infotainment", at: place, not: "pages-cluster-infotainment") { $0 | 1 << 7 }
    try expectRefuted("channel-cluster-infotainment", at: place) { $0 & ~(0b11 << 53) }
    try expectRefuted("channel-sizes", at: place) { $0 | 1 << 7 }
  }

  @Test("a channel is private memory in one of the maps")
  func privateChannel() throws {
    try expectRefuted("pages-cluster-infotainment", at: leaf("infotainment", 0b0101).place) { $0 | 0b1111 << 2 }
  }

  @Test("a domain reaches the hypervisor's memory, its tables, the interrupt controller or EL2's UART")
  func hypervisor() throws {
    let place = try leaf("cluster", 0b0001).place
    try expectRefuted("hypervisor-memory-cluster", at: place, moving(to: system.partition.hypervisor.base))
    let table = try #require(system.domains[1].stage2.tables.last)
    try expectRefuted("hypervisor-memory-cluster", at: place, moving(to: table))
    for device in [system.partition.distributor, system.partition.cpus[2].redistributor, system.partition.consoleBase] {
      try expectRefuted("hypervisor-devices-cluster", at: place, moving(to: device & ~0xFFF))
    }
  }

  @Test("EL2 maps a page of a domain, something writable and executable, or its own table writable")
  func hypervisorMap() throws {
    let data = try #require(
      system.hypervisorMap.leaves.first { $0.level == 3 && $0.descriptor >> 7 & 1 == 0 && $0.descriptor >> 2 & 7 == 2 })
    try expectRefuted(
      "hypervisor-map-cluster", at: data.place, not: "hypervisor-map-infotainment",
      moving(to: leaf("cluster", 0b1111).output))
    try expectRefuted("hypervisor-write-or-execute", at: data.place) { $0 & ~(1 << 54) }
    try expectRefuted("hypervisor-read-only", at: data.place, moving(to: system.hypervisorMap.root.base & ~0xFFF))
    try expectRefuted("attributes-hypervisor", at: data.place) { $0 ^ 1 << 12 }
  }

  @Test("a leaf's attributes are not what they have to be", arguments: [2, 5, 6, 8, 10, 11, 52, 53, 54, 55, 58, 63])
  func attributes(bit: UInt64) throws {
    // Bit 52 and those of the walk's own findings are in the leaf all the same.
    try expectRefuted("attributes-cluster", at: leaf("cluster", 0b1111).place, not: "attributes-infotainment") {
      $0 ^ 1 << bit
    }
  }

  @Test("RAM has the memory type of registers, or registers have that of RAM")
  func memoryTypes() throws {
    try expectRefuted("memory-types-cluster", at: leaf("cluster", 0b1111).place) { $0 & ~(0b1110 << 2) }
    try expectRefuted("memory-types-cluster", at: leaf("cluster", 0b0001).place) { $0 | 0b1111 << 2 }
  }

  @Test("two domains own one interrupt, or have one VMID")
  func records() throws {
    let first = system.domains[0].record, second = system.domains[1].record
    let place = try #require(word(equalTo: second.stage2Table))
    try expectRefuted("vmids", at: place, not: "interrupts") {
      $0 & ~(0xFFFF << 48) | (first.stage2Table & 0xFFFF << 48)
    }
    let intid = UInt64(try #require(first.interrupts.first))
    // The 32 words of the bitmap start behind twelve words of 64 bits and twelve of 32 that follow the name.
    let words = try #require(bitmap(of: second, from: place))
    try expectRefuted("interrupts", at: words + intid / 64 * 8) { $0 | 1 << (intid % 64) }
  }

  /// Where in the partition table a word stands.
  private func word(equalTo value: UInt64) -> UInt64? {
    stride(from: system.partition.range.base, to: system.partition.range.last, by: 8).first {
      built.image.word($0) == value
    }
  }

  /// Where a domain's bitmap of interrupts stands: found by its contents behind the domain's VTTBR_EL2.
  private func bitmap(of record: DomainReading, from place: UInt64) -> UInt64? {
    var words = [UInt64](repeating: 0, count: 16)
    for intid in record.interrupts { words[Int(intid / 64)] |= 1 << UInt64(intid % 64) }
    return stride(from: place, to: place + 512, by: 8).first { start in
      words.indices.allSatisfy { built.image.word(start + 8 * UInt64($0)) == words[$0] }
    }
  }

  @Test("a piece lies in memory of another, or over another piece")
  func pieces() throws {
    let place = try leaf("infotainment", 0b1111).output
    let moved = built.pieces.map { piece -> LoadedPiece in
      guard piece.owner == "cluster", piece.role == "kernel",
        let memory = AddressRange(base: place, size: piece.memory.size)
      else { return piece }
      return LoadedPiece(
        role: piece.role, owner: piece.owner, file: piece.file, offset: piece.offset, memory: memory, size: piece.size,
        sha256: piece.sha256)
    }
    #expect(moved != built.pieces)
    let problems = try SolverBench.problems(built.image, moved, built.context)
    try expectRefuted("pieces-cluster", problems)
    try expectRefuted("pieces-apart", problems)
  }
}
