import Ownership
import Verifier

/// The places of an image that a campaign changes: found in what the verifier itself decoded, so that none is forgotten.
struct MutationPlaces {
  /// Bytes of both headers at the start of the hypervisor.
  private static let headerSize: UInt64 = 152
  private static let page: UInt64 = 4096

  /// Every place, each byte of them once.
  let sites: [MutationSite]

  /// Collects the places of a system.
  init(_ system: FinishedSystem) {
    var sites: [MutationSite] = []
    if let header = AddressRange(base: system.hypervisor.base, size: Self.headerSize) {
      sites.append(MutationSite(structure: .header, name: "hypervisor's header", memory: header))
    }
    sites.append(
      MutationSite(structure: .partitionTable, name: "partition table", memory: system.partition.range))
    sites += Self.tables(system.hypervisorMap, .hypervisorTables, "of EL2")
    for domain in system.domains {
      guard let map = domain.restartMap else { continue }
      sites += Self.tables(map, .hypervisorTables, "of EL2 for restarts of domain \(domain.name)")
    }
    for domain in system.domains { sites += Self.tables(domain.stage2, .domainTables, "of domain \(domain.name)") }
    for domain in system.domains {
      sites += domain.treeParts.map {
        MutationSite(structure: .deviceTrees, name: "device tree of domain \(domain.name)", memory: $0)
      }
    }
    self.sites = sites
  }

  private static func tables(
    _ reading: TranslationReading, _ structure: MutatedStructure, _ owner: String
  ) -> [MutationSite] {
    let root = MutationSite(structure: structure, name: "root table \(owner)", memory: reading.root)
    let lower = Set(reading.tables).sorted().compactMap { AddressRange(base: $0, size: page) }.map {
      MutationSite(structure: structure, name: "table \($0.base.hexadecimal) \(owner)", memory: $0)
    }
    return [root] + lower
  }
}
