/// The rules on SMMUs that the runtime programs.
enum SMMURules {
  /// Every rule of the family.
  static let all: [any Rule.Type] = [
    SMMUDrivable.self, StreamsFitTable.self, FaultsTakenByHypervisor.self, StreamTablesUncoloured.self,
  ]
}
