/// The kinds of structures that a campaign changes: the lines of its report.
public enum MutatedStructure: String, CaseIterable, Sendable {
  case header = "hypervisor's header"
  case partitionTable = "partition table"
  case hypervisorTables = "EL2's translation tables"
  case domainTables = "stage-2 tables"
  case deviceTrees = "domains' device trees"
}
