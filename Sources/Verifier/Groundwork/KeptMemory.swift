import Board
import Diagnostics
import Manifest
import Ownership

/// Memory that firmware or another processor keeps: reserved memory of the tree (with the pages where CPUs wait in spin
/// tables) and `reserved:` of the manifest, in whole pages.
struct KeptMemory: Sendable {
  /// One entry.
  struct Entry: Sendable {
    /// Whole pages, by physical address.
    let pages: AddressRange
    /// What a message calls it.
    let name: String
    /// Where the manifest speaks of it.
    let span: SourceSpan?
    /// Index of the domain that the manifest grants it to.
    let domain: Int?
  }

  /// Every entry by address.
  let entries: [Entry]
  /// What no domain was granted: firmware's.
  let firmware: AddressSet
  /// Everything reserved, granted or not.
  let all: AddressSet

  /// Collects the entries.
  init(_ board: Board, _ manifest: Manifest) {
    var grants: [String: (domain: Int, span: SourceSpan?)] = [:]
    for (index, domain) in manifest.domains.enumerated() {
      for reference in domain.reservedMemory {
        guard let node = board.tree.resolve(reference.value), grants[node.path] == nil else { continue }
        grants[node.path] = (index, reference.span)
      }
    }
    let inTree = board.reservedMemory.compactMap { entry in
      entry.range.map {
        Entry(pages: $0.pages, name: entry.path, span: grants[entry.path]?.span, domain: grants[entry.path]?.domain)
      }
    }
    let inManifest = manifest.reserved.map {
      Entry(pages: $0.range.value.pages, name: "`reserved:` of the manifest", span: $0.range.span, domain: nil)
    }
    entries = (inTree + inManifest).sorted { ($0.pages, $0.name) < ($1.pages, $1.name) }
    firmware = AddressSet(entries.filter { $0.domain == nil }.map(\.pages))
    all = AddressSet(entries.map(\.pages))
  }

  /// The first entry that meets a range and is not granted to the domain of an index.
  func entry(meeting range: AddressRange, butOf domain: Int?) -> Entry? {
    entries.first { $0.pages.overlaps(range) && ($0.domain == nil || $0.domain != domain) }
  }
}
