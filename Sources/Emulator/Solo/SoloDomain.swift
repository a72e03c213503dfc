/// A domain as plain QEMU needs to know it.
public struct SoloDomain: Sendable {
  /// The domain's name.
  public let name: String
  /// How many CPUs it has.
  public let cpuCount: Int
  /// The guest address behind its last byte of RAM or of a channel, whichever is higher.
  public let memoryEnd: UInt64
  /// The guest address of the lowest byte of RAM or of a channel.
  public let memoryStart: UInt64
  /// Guest address and INTID of its console; `nil` for none.
  public let console: (base: UInt64, intid: UInt32)?
  /// Version of its GIC, 2 or 3, and guest address of the distributor; `nil` for a domain that is shown none.
  public let interruptController: (version: Int, distributor: UInt64)?
  /// Guest address of its first instruction.
  public let entry: UInt64
  /// Guest address of its device tree, which is among the pieces.
  public let treeAddress: UInt64
  /// Everything that is in its memory when it starts.
  public let pieces: [SoloPiece]

  /// Describes a domain.
  public init(
    name: String, cpuCount: Int, memoryStart: UInt64, memoryEnd: UInt64, console: (base: UInt64, intid: UInt32)?,
    interruptController: (version: Int, distributor: UInt64)?, entry: UInt64, treeAddress: UInt64, pieces: [SoloPiece]
  ) {
    self.name = name
    self.cpuCount = cpuCount
    self.memoryStart = memoryStart
    self.memoryEnd = memoryEnd
    self.console = console
    self.interruptController = interruptController
    self.entry = entry
    self.treeAddress = treeAddress
    self.pieces = pieces
  }
}
