import HypervisorModel

/// Something that takes any bytes: the fuzzer's, the seeds', those of cases once found.
package struct FuzzTarget: Sendable {
  /// Its name: of its folder of seeds, and on the command line.
  package let name: String
  /// Bytes of the longest input that the fuzzer makes.
  package let longestInput: Int
  /// Inputs of the bounded campaign that is part of `make test`.
  package let boundedRuns: Int
  /// Takes one input. A trap, too much time or memory, and a mismatch are findings.
  package let run: @Sendable ([UInt8]) throws -> Void

  init(_ name: String, longestInput: Int, boundedRuns: Int, run: @escaping @Sendable ([UInt8]) throws -> Void) {
    self.name = name
    self.longestInput = longestInput
    self.boundedRuns = boundedRuns
    self.run = run
  }

  /// All targets.
  package static let all: [FuzzTarget] = runtime + readers

  /// The runtime's logic, against a model of what should happen.
  static let runtime: [FuzzTarget] = [
    FuzzTarget("traps", longestInput: 256, boundedRuns: 50_000, run: TrapTrial.run),
    FuzzTarget("calls", longestInput: 512, boundedRuns: 50_000, run: CallTrial.run),
    FuzzTarget("serial", longestInput: 512, boundedRuns: 50_000, run: SerialTrial.run),
    FuzzTarget("interrupts-gicv3", longestInput: 512, boundedRuns: 10_000, run: InterruptTrial<ModelCPU>.run),
    FuzzTarget("interrupts-gicv2", longestInput: 512, boundedRuns: 10_000, run: InterruptTrial<ModelCPUGICv2>.run),
    FuzzTarget("interrupts-direct", longestInput: 512, boundedRuns: 10_000, run: DirectTrial<ModelCPU>.run),
  ]

  /// What reads files that anybody may have written.
  static let readers: [FuzzTarget] = [
    FuzzTarget("manifest", longestInput: 4096, boundedRuns: 4000, run: ManifestTrial.run),
    FuzzTarget("board", longestInput: 4096, boundedRuns: 4000, run: BoardTrial.run),
    FuzzTarget("tree", longestInput: 8192, boundedRuns: 10_000, run: TreeTrial.run),
    FuzzTarget("payload", longestInput: 8192, boundedRuns: 20_000, run: PayloadTrial.run),
    FuzzTarget("lock", longestInput: 2048, boundedRuns: 3000, run: LockTrial.run),
    FuzzTarget("certificate", longestInput: 4096, boundedRuns: 10_000, run: CertificateTrial.run),
    FuzzTarget("output", longestInput: 8192, boundedRuns: 4000, run: OutputTrial.run),
  ]
}
