@testable import GuestTree
import Testing
import TestSupport

@Suite("A guest finds its devices in its tree")
struct TreeSearchTests {
  private let blob: [UInt8]

  init() throws { blob = try CompiledTree.bytes(of: CompiledTree.guest) }

  private func find(_ query: TreeQuery) -> TreeNode? { TreeSearch.find(query, in: blob.span) }

  private func console() -> TreeNode? { TreeSearch.console(in: blob.span) }

  private func registers(_ index: Int, of node: TreeNode) -> TreeRegisters? { node.registers(index, in: blob.span) }

  @Test("The console is followed through an alias and its options")
  func consoleByAlias() throws {
    let node = try #require(console())
    let isPL011 = node.isCompatible(with: "arm,pl011", in: blob.span)
    #expect(isPL011)
    #expect(registers(0, of: node) == TreeRegisters(base: 0x900_0000, size: 0x1000))
  }

  @Test("The interrupt controller's second window is its redistributors")
  func interruptController() throws {
    let node = try #require(find(.compatible("arm,gic-v3")))
    #expect(registers(1, of: node) == TreeRegisters(base: 0x80A_0000, size: 0x40000))
    #expect(registers(2, of: node) == nil)
  }

  @Test("A channel is found by its label, above 4 GiB, and not where it is disabled")
  func channel() throws {
    let query = TreeQuery.labelled("telemetry", compatible: "bulkhead,channel")
    let node = try #require(find(query))
    #expect(registers(0, of: node) == TreeRegisters(base: 0x1_7F00_2000, size: 0x10000))
    #expect(find(.labelled("tele", compatible: "bulkhead,channel")) == nil)
  }

  @Test("Every enabled device with CPU addresses is visited, and nothing else")
  func devices() {
    var names: [String] = []
    TreeDevices.visit(in: blob.span) { name, registers in
      names.append(String(decoding: name.map { blob[$0] }, as: UTF8.self) + " \(registers.size)")
    }
    #expect(
      names == [
        "intc@8000000 65536", "pl011@9000001 4096", "pl011@9000000 4096", "serial@2000 256", "channel@7f000000 4096",
        "channel@17f002000 65536",
      ])
  }

  @Test("A tree that is cut anywhere ends the visit without harm")
  func cutDevices() {
    for length in stride(from: 0, to: blob.count, by: 7) {
      let cut = Array(blob.prefix(length))
      var count = 0
      TreeDevices.visit(in: cut.span) { _, _ in count += 1 }
      #expect(count <= 6)
    }
  }

  @Test("Memory is found by its device type, unless it is disabled")
  func memory() throws {
    let node = try #require(find(.deviceType("memory")))
    #expect(registers(0, of: node) == TreeRegisters(base: 0x8000_0000, size: 0x200_0000))
    #expect(find(.deviceType("mem")) == nil)
  }

  @Test("An address below a bus counts only where the bus passes addresses on as they are")
  func buses() throws {
    let serial = try #require(find(.fixedPath("/soc/serial@2000")))
    #expect(registers(0, of: serial) == TreeRegisters(base: 0x2000, size: 0x100))
    let timer = try #require(find(.compatible("test,timer")))
    #expect(registers(0, of: timer) == nil)
  }

  @Test("A path has to match to its last character")
  func paths() {
    #expect(find(.fixedPath("/so")) == nil)
    #expect(find(.fixedPath("/soc/")) == nil)
    #expect(find(.fixedPath("/pl011@900000")) == nil)
    #expect(find(.fixedPath("/soc")) != nil)
  }

  @Test("Twenty thousand damaged trees are read without a trap")
  func damage() {
    var generator = SeededGenerator(seed: 1)
    var found = 0
    for _ in 0..<20_000 {
      var damaged = blob
      for _ in 0..<Int.random(in: 1...8, using: &generator) {
        let index = Int.random(in: 0..<damaged.count, using: &generator)
        damaged[index] = UInt8.random(in: 0...255, using: &generator)
      }
      if Bool.random(using: &generator) { damaged.removeLast(Int.random(in: 0...damaged.count, using: &generator)) }
      let node = TreeSearch.console(in: damaged.span)
      if node?.registers(0, in: damaged.span) != nil { found += 1 }
      _ = TreeSearch.find(.labelled("telemetry", compatible: "bulkhead,channel"), in: damaged.span)?
        .registers(0, in: damaged.span)
    }
    #expect((1..<20_000).contains(found))
  }
}
