import Board
import DeviceTree
import Ownership
import Testing
import TestSupport

/// Every tree of the kernel package, read as a board once. The exact figures change with the package's version, so
/// the tests hold what every version has to show.
@Suite("The trees of the kernel package")
struct CorpusTests {
  static let boards: [Board] = Corpus.names.compactMap { name in
    guard let blob = try? Corpus.blob(name), let tree = try? DeviceTree(blob: blob) else { return nil }
    return Board.read(name: "generic", tree: tree, treeFile: name, description: .generic)
  }

  @Test("Every tree gives a board")
  func everyTree() {
    #expect(Corpus.names.count > 500)
    #expect(Self.boards.count == Corpus.names.count)
    #expect(Self.boards.allSatisfy { !$0.cpus.isEmpty })
  }

  @Test("GICs of both versions are found, and the few boards without one are refused")
  func interruptControllers() {
    let versions = Self.boards.map(\.interruptController?.version)
    #expect(versions.count { $0 == .three } > 300)
    #expect(versions.count { $0 == .two } > 240)
    let without = Self.boards.filter { $0.interruptController == nil }
    #expect(without.allSatisfy { $0.treeFile.hasPrefix("broadcom/bcm2837") })
    #expect(without.allSatisfy { $0.findings.map(\.rule.rawValue) == ["BH-DT-003"] })
    for board in Self.boards {
      guard let gic = board.interruptController else { continue }
      let isComplete =
        gic.version == .three ? !gic.redistributors.isEmpty : gic.cpuInterface != nil
      #expect(isComplete, "\(board.treeFile)")
      #expect(gic.windows.contains(gic.distributor))
    }
  }

  @Test("Nearly every interrupt of an enabled device ends at the GIC or says why not")
  func interrupts() {
    var resolved = 0
    var unknown = 0
    var malformed = 0
    for device in Self.boards.lazy.flatMap(\.devices) where device.isEnabled {
      resolved += device.interrupts.count
      for entry in device.unresolvedInterrupts {
        switch entry.end {
        case .malformed: malformed += 1
        case .unknown, .gic: unknown += 1
        }
      }
      #expect(device.interrupts.allSatisfy { $0.intid >= 16 && ($0.kind == .shared) == ($0.intid >= 32) })
    }
    #expect(resolved > 38_000)
    // Messages, whose line software chooses, and boards without a GIC.
    #expect(unknown < 3_000)
    #expect(malformed < 50)
  }

  @Test("Faults are few, name their node, and stand on the boards that are known for them")
  func faults() {
    let faults = Self.boards.flatMap { board in board.faults.map { (board.treeFile, $0) } }
    #expect(faults.count < 100)
    #expect(
      faults.contains { file, fault in
        file == "ti/k3-am642-evm.dtb" && fault.path == "/bus@f4000/interrupt-controller@a00000"
          && fault.property == "reg"
      })
    #expect(
      faults.contains { file, fault in
        file == "freescale/fsl-lx2160a-rdb.dtb" && fault.path == "/soc/syscon@1f70000/interrupt-controller@14"
          && fault.property == "interrupt-map"
      })
  }

  @Test("A fifth of the DMA masters have a stream, and some of those SMMUs are disabled")
  func streams() {
    let masters = Self.boards.flatMap(\.devices).filter { $0.isEnabled && $0.isDMAMaster }
    let withStreams = masters.filter { !$0.streams.isEmpty }
    #expect(withStreams.count > 2_000)
    #expect(withStreams.count < masters.count / 2)
    #expect(withStreams.contains { $0.streams.allSatisfy { !$0.isLive } })
    #expect(withStreams.contains { $0.streams.contains { $0.mask != 0 } })
    #expect(withStreams.contains { device in device.streams.contains { $0.source != device.path } })
  }

  @Test("References are read by the table: hardly any is malformed and none is suspected on shipped boards")
  func references() {
    var count = 0
    var faults = 0
    for board in Self.boards {
      for node in board.tree.nodes {
        let references = board.tree.references(of: node)
        count += references.entries.count
        faults += references.faults.count
        #expect(references.suspects.isEmpty, "\(board.treeFile) \(node.path): \(references.suspects)")
      }
    }
    #expect(count > 240_000)
    #expect(faults < 20)
  }

  @Test("Every node of every tree has a closure, whose edges all start and end at nodes, and claims with controllers")
  func closures() {
    var edges = 0
    var claims = 0
    for board in Self.boards {
      for node in board.tree.nodes where node.index.isMultiple(of: 3) || board.device(at: node.path) != nil {
        let closure = DependencyClosure(board, of: node.path)
        edges += closure.edges.count
        let isSound = closure.edges.allSatisfy {
          $0.from != $0.to && board.tree.node(at: $0.to) != nil && board.tree.node(at: $0.from) != nil
        }
        #expect(isSound, "\(board.treeFile) \(node.path)")
      }
      for claim in board.ownClaims {
        claims += 1
        #expect(board.tree.node(at: claim.controller) != nil && board.device(at: claim.device) != nil)
      }
    }
    #expect(edges > 500_000)
    #expect(claims > 20_000)
  }

  @Test("The summary of all trees counts every enabled device once, and its head says what they come to")
  func summary() throws {
    let boards = stride(from: 0, to: Self.boards.count, by: 7).map { Self.boards[$0] }
    let summaries = boards.map { BoardSummary(name: $0.treeFile, DeviceListing($0)) }
    for (board, summary) in zip(boards, summaries) {
      #expect(summary.devices == board.devices.count(where: \.isEnabled), "\(board.treeFile)")
    }
    let text = CorpusSummary(summaries, unreadable: ["bad.dtb"]).markdown
    #expect(text.contains("\(summaries.count) trees with "))
    for summary in summaries { #expect(text.contains("\n| \(summary.name) | \(summary.devices) | ")) }
    #expect(text.hasSuffix("Trees that cannot be read: bad.dtb."))
    #expect(CorpusSummary([]).markdown.contains("0 trees with 0 enabled devices"))
  }
}
