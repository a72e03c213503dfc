import DeviceTree
import Ownership

/// One domain as the bytes show it.
public struct FinishedDomain: Sendable {
  /// Its record.
  public let record: DomainReading
  /// What it can reach.
  public let stage2: TranslationReading
  /// The map under which EL2 restarts it; `nil` for a domain that never restarts.
  public internal(set) var restartMap: TranslationReading?
  /// What its devices can reach through SMMUs; `nil` where none stands behind one.
  public internal(set) var dma: TranslationReading?
  /// The tree at the address that it gets in x0; `nil` if there is none that can be read.
  public let tree: DeviceTree?
  /// Where that tree lies, by physical address and in its order: as many bytes as its header says. One run, unless the
  /// domain's memory is coloured.
  public let treeParts: [AddressRange]
  /// Why there is no tree, as the end of a sentence; `nil` where there is one.
  public let treeFault: String?

  /// Its name.
  public var name: String { record.name }

  /// How many bytes the tree has by its header.
  var treeSize: UInt64 { treeParts.reduce(0) { $0 + $1.size } }
}
