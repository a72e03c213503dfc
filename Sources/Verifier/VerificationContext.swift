import Board
import Manifest
import Ownership

/// What the bytes are held against: nothing of it was made by the code that wrote them, but for the plan's own map.
public struct VerificationContext: Sendable {
  /// The board's tree and what is known of the board.
  public let board: Board
  /// What the user asked for.
  public let manifest: Manifest
  /// Who owns what by the plan.
  public let plan: Ownership
  /// The input files of the payloads; empty if they are not to be compared.
  public let payloads: [PayloadInput]
  /// The EL2 runtime that the image should carry, as the linker wrote it (ELF); `nil` if that is not to be compared.
  public let runtime: [UInt8]?
  /// The runtime read; `nil` without one.
  let linkedRuntime: Result<LinkedRuntime, VerifierError>?
  /// What board and manifest say of the machine.
  let hardware: ExpectedHardware
  /// What follows from all that without a look at any byte.
  let groundwork: Groundwork

  /// Whether the manifest gives cache colours.
  let isColoured: Bool
  /// The cache that colours count by; `nil` where there are none, or it is not known.
  let cache: SharedCache?
  /// Which pages the hypervisor has.
  public let arrangement: HypervisorArrangement

  /// What is known of the domains' trees so far.
  let trees = TreeCache()

  /// What the domains' trees are held against, read when it is first asked for.
  var boardSide: BoardSide { trees.side(board, manifest) }

  /// Gathers the context.
  public init(board: Board, manifest: Manifest, plan: Ownership, payloads: [PayloadInput] = [], runtime: [UInt8]? = nil)
  {
    self.board = board
    self.manifest = manifest
    self.plan = plan
    self.payloads = payloads
    self.runtime = runtime
    linkedRuntime = runtime.map { elf in Result { () throws(VerifierError) in try LinkedRuntime(elf: elf) } }
    hardware = ExpectedHardware(board, manifest)
    arrangement = HypervisorArrangement(manifest, board)
    isColoured = manifest.domains.contains { !$0.colours.isEmpty } || !manifest.hypervisor.colours.isEmpty
    cache = isColoured ? SharedCache(manifest, board) : nil
    groundwork = Groundwork(board: board, manifest: manifest, plan: plan, payloads: payloads)
  }
}
