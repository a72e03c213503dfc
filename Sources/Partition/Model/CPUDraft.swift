import Board
import Diagnostics

/// One entry of a domain's `cpus:` that names a CPU of the board.
public struct CPUDraft: Sendable {
  /// The CPU.
  public let cpu: BoardCPU
  /// Where the manifest names it.
  public let span: SourceSpan?
}
