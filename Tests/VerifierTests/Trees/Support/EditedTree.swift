import DeviceTree
import Ownership

@testable import Verifier

/// A decoded system with something changed about one domain.
struct EditedTree {
  let system: FinishedSystem
  let context: VerificationContext

  /// Why a change cannot be made.
  struct NoSuchNode: Error { let path: String }

  /// The rules of the claims on trees that fail, each once, in order.
  var rules: [String] {
    ClaimBook.trees.filter { !$0.examine(system, context).findings.isEmpty }.map { $0.description.id.rawValue }
  }

  /// What the claims on trees have to say.
  var messages: [String] { ClaimBook.trees.flatMap { $0.examine(system, context).findings }.map(\.message) }

  /// Changes a domain's tree as a tree, and writes it anew.
  func editing(_ domain: String, _ edit: (inout TreeNode) throws -> Void) throws -> EditedTree {
    try replacing(domain) { finished in
      guard let tree = finished.tree else { throw NoSuchNode(path: domain) }
      var root = Self.copy(tree.root, tree)
      try edit(&root)
      return try root.flattened()
    }
  }

  /// Changes the bytes of a domain's tree.
  func editingBytes(_ domain: String, _ edit: (inout [UInt8]) -> Void) throws -> EditedTree {
    try replacing(domain) { finished in
      var blob = finished.tree?.blob ?? []
      edit(&blob)
      return blob
    }
  }

  /// Changes a domain's stage 2.
  func mapping(_ domain: String, _ edit: ([Leaf]) -> [Leaf]) throws -> EditedTree {
    changing(domain) { finished in
      FinishedDomain(
        record: finished.record, stage2: Self.translation(like: finished.stage2, edit(finished.stage2.leaves)),
        tree: finished.tree, treeParts: finished.treeParts, treeFault: nil)
    }
  }

  /// Changes the interrupts of a domain's record.
  func owning(_ domain: String, _ interrupts: [UInt32], edges: [UInt32] = []) -> EditedTree {
    changing(domain) { finished in
      let old = finished.record
      let record = DomainReading(
        name: old.name, stage2Table: old.stage2Table, stage2Control: old.stage2Control, entry: old.entry,
        treeAddress: old.treeAddress, state: old.state, distributor: old.distributor,
        redistributor: old.redistributor, consoleBase: old.consoleBase, consoleINTID: old.consoleINTID,
        onFault: old.onFault, criticality: old.criticality, features: old.features, cpus: old.cpus,
        regions: old.regions, calls: old.calls, interrupts: interrupts, edgeInterrupts: edges,
        identification: old.identification)
      return FinishedDomain(
        record: record, stage2: finished.stage2, tree: finished.tree, treeParts: finished.treeParts, treeFault: nil)
    }
  }

  private static func translation(like old: TranslationReading, _ leaves: [Leaf]) -> TranslationReading {
    TranslationReading(
      inputBits: old.inputBits, startLevel: old.startLevel, outputBits: old.outputBits, root: old.root,
      tables: old.tables, leaves: leaves, entries: old.entries, findings: [])
  }

  private static func copy(_ node: Node, _ tree: DeviceTree) -> TreeNode {
    var copy = TreeNode(node.name)
    for property in node.properties { copy.set(property) }
    copy.children = tree.children(of: node).map { self.copy($0, tree) }
    return copy
  }

  /// A tree that a reader refuses is none; the load map and the memory that is read follow its size.
  private func replacing(_ domain: String, _ bytes: (FinishedDomain) throws -> [UInt8]) throws -> EditedTree {
    var size: UInt64 = 0
    let edited = try changing(domain) { finished in
      let blob = try bytes(finished)
      let total = blob.dropFirst(4).prefix(4).reduce(0) { $0 << 8 | Int($1) }
      let tree = total <= blob.count ? try? DeviceTree(blob: Array(blob.prefix(total))) : nil
      size = UInt64(blob.count)
      let memory = finished.treeParts.first.flatMap {
        AddressRange(base: $0.base, size: UInt64(tree?.blob.count ?? 1))
      }
      return FinishedDomain(
        record: finished.record, stage2: finished.stage2, tree: tree,
        treeParts: tree == nil ? [] : [memory].compactMap { $0 },
        treeFault: tree == nil ? "cannot be read" : nil)
    }
    let pieces = edited.system.pieces.map { piece in
      piece.owner != domain || piece.role != "device-tree"
        ? piece
        : LoadedPiece(
          role: piece.role, owner: piece.owner, file: piece.file, offset: piece.offset, memory: piece.memory,
          size: size, sha256: nil)
    }
    return EditedTree(system: Self.system(edited.system, pieces, edited.system.domains), context: context)
  }

  private func changing(_ domain: String, _ change: (FinishedDomain) throws -> FinishedDomain) rethrows -> EditedTree {
    let domains = try system.domains.map { $0.name == domain ? try change($0) : $0 }
    return EditedTree(system: Self.system(system, system.pieces, domains), context: context)
  }

  private static func system(
    _ old: FinishedSystem, _ pieces: [LoadedPiece], _ domains: [FinishedDomain]
  ) -> FinishedSystem {
    FinishedSystem(
      memory: old.memory, pieces: pieces, hypervisor: old.hypervisor, partition: old.partition,
      hypervisorMap: old.hypervisorMap, domains: domains)
  }
}

extension TreeNode {
  /// Changes the node at a path of names.
  mutating func edit(_ path: String, _ change: (inout TreeNode) -> Void) throws {
    let names = path.split(separator: "/")
    guard let first = names.first else { return change(&self) }
    guard let index = children.firstIndex(where: { $0.name == first }) else { throw EditedTree.NoSuchNode(path: path) }
    try children[index].edit(names.dropFirst().joined(separator: "/"), change)
  }

  /// Takes the child of a name away.
  mutating func drop(_ name: String) { children.removeAll { $0.name == name } }
}
