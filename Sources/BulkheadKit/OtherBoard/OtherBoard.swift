import Foundation

/// A board that a manifest was not written for, and what the manifest's own board says about the difference.
struct OtherBoard {
  /// The board.
  let board: Board
  private let own: Board
  private let manifest: Manifest

  /// Loads what `check --on` names: a compiled tree, or a board of the project's.
  ///
  /// Of a tree alone it is judged, too, whether the runtime could drive the board, unless the manifest is for
  /// `board: generic` itself.
  init(_ name: String, for manifest: Manifest, own: Board, library: BoardLibrary) throws(InputError) {
    var isFolder: ObjCBool = false
    let isFile = FileManager.default.fileExists(atPath: name, isDirectory: &isFolder) && !isFolder.boolValue
    if isFile || name.hasSuffix(".dtb") {
      let generic = try Board.generic(treeFile: name)
      let description = BoardDescription(summary: name, isBootable: own.description.isBootable)
      board = Board.read(
        name: String((name.split(separator: "/").last ?? "").dropLast(4)), tree: generic.tree, treeFile: name,
        description: description)
    } else {
      board = try library.load(name)
    }
    self.own = own
    self.manifest = manifest
  }

  /// Findings of the manifest on this board, with what only the comparison with its own board can say.
  func completed(_ findings: [Finding]) -> [Finding] {
    findings.map { withCounterparts($0) } + strangers + foreignBanks
  }

  // MARK: Devices

  /// A node that this board does not have: the help names those that are compatible with it.
  private func withCounterparts(_ finding: Finding) -> Finding {
    guard finding.rule == PartitionRules.unknownNode.id, let reference = finding.subjects.first,
      let node = own.tree.resolve(reference)
    else { return finding }
    return Finding(
      PartitionRules.unknownNode, finding.severity, finding.message, subjects: finding.subjects,
      resource: finding.resource,
      domains: finding.domains, spans: finding.spans, labels: finding.labels,
      help: Counterparts(of: node, on: board).help)
  }

  /// Nodes that this board has by the same path, but as something else.
  private var strangers: [Finding] {
    manifest.domains.flatMap { domain in
      domain.devices.compactMap { device -> Finding? in
        guard let there = board.tree.resolve(device.path.value), let here = own.tree.resolve(device.path.value),
          Set(there.compatible).isDisjoint(with: here.compatible)
        else { return nil }
        let words = [there, here].map { $0.compatible.first.map { Quotation.quoted($0) } ?? "nothing" }
        return Finding(
          KitRules.sameDevice, .warning,
          "domains.\(domain.name.value).devices names \(Quotation.quoted(device.path.value)), which is compatible with "
            + "\(words[0]) on \(board.name) and with \(words[1]) on \(own.name)",
          subjects: [there.path], resource: ResourceReference(.device, there.path), domains: [domain.name.value],
          spans: [device.path.span], help: Counterparts(of: here, on: board).help)
      }
    }
  }

  // MARK: Memory

  /// `memory-banks:` describe the RAM of the board that they were written for.
  private var foreignBanks: [Finding] {
    let ram = AddressSet(board.memory.map(\.range))
    guard !ram.runs.isEmpty else { return [] }
    return (manifest.memoryBanks ?? []).filter { bank in
      !AddressSet(CollectionOfOne(bank.range.value)).subtracting(ram).runs.isEmpty
    }.map { bank in
      let banks = ram.runs.map(\.description).joined(separator: ", ")
      return Finding(
        KitRules.ownMemory, .error,
        "memory-banks has \(bank.range.value), and the RAM of \(board.name) is \(banks)", subjects: ["memory-banks"],
        resource: ResourceReference(.memory, bank.range.value.base.hexadecimal), spans: [bank.range.span],
        help: "leave out `memory-banks:` where the board's tree tells the RAM")
    }
  }
}
