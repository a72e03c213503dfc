extension Board {
  /// What a CPU's identification registers read; `nil` if that is not known of its type.
  public func identification(of cpu: BoardCPU) -> CPUIdentification? {
    CPUType(compatible: cpu.compatible).flatMap { CPUIdentification($0, statements(about: cpu)) }
  }

  /// What board.yaml says on whether a CPU has a feature; `nil` if it says nothing.
  public func statement(on feature: CPUFeature, of cpu: BoardCPU) -> Bool? {
    for statement in statements(about: cpu).reversed() {
      if statement.absent.contains(feature) { return false }
      if statement.present.contains(feature) { return true }
    }
    return nil
  }

  private func statements(about cpu: BoardCPU) -> [CPUStatement] {
    description.cpuStatements.filter { cpu.compatible.contains($0.compatible) }
  }
}
