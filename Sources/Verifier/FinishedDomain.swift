import DeviceTree
import Ownership

/// One domain as the bytes show it.
public struct FinishedDomain: Sendable {
  /// Its record.
  public let record: DomainReading
  /// What it can reach.
  public let stage2: TranslationReading
  /// The tree at the address that it gets in x0; `nil` if there is none that can be read.
  public let tree: DeviceTree?
  /// Where that tree lies, by physical address.
  public let treeMemory: AddressRange?

  /// Its name.
  public var name: String { record.name }
}
