import DeviceTree
import Ownership

/// Finds the tree that a domain gets in x0, through the domain's own stage 2.
struct DomainTreeFinder {
  /// What there is at the address.
  struct Found {
    var tree: DeviceTree?
    var parts: [AddressRange] = []
    var fault: String?
  }

  /// Bytes up to the end of `totalsize` (Devicetree Specification v0.4, 5.2).
  private static let headerSize: UInt64 = 8
  /// More bytes than a tree of any board has by far: `DeviceTree` reads no more.
  private static let sizeLimit: UInt64 = 16 << 20

  /// Reads the tree as a domain would: at a guest address.
  static func find(_ address: UInt64, through stage2: TranslationReading, in image: MemoryImage) -> Found {
    let place = "the guest address \(address.hexadecimal)"
    guard let header = AddressRange(base: address, size: headerSize), let start = stage2.outputRuns(of: header) else {
      return Found(fault: "\(place) is not mapped")
    }
    guard let bytes = image.bytes(at: start) else {
      return Found(fault: "nothing is loaded at \(place), \(words(start))")
    }
    let size = bytes[4..<8].reduce(0 as UInt64) { $0 << 8 | UInt64($1) }
    guard size <= sizeLimit else {
      return Found(fault: "a tree at \(place) says that it has \(size) bytes, more than any tree")
    }
    guard let range = AddressRange(base: address, size: size), let parts = stage2.outputRuns(of: range),
      let blob = image.bytes(at: parts)
    else {
      return Found(
        fault: "the \(size) bytes that a tree at \(place) says it has are not all mapped and loaded")
    }
    do throws(DeviceTreeError) {
      return Found(tree: try DeviceTree(blob: blob), parts: parts)
    } catch {
      return Found(parts: parts, fault: "what is loaded at \(place), \(words(parts)), \(error)")
    }
  }

  private static func words(_ parts: [AddressRange]) -> String {
    parts.count == 1 ? "\(parts[0])" : "\(parts.count) runs from \((parts.first?.base ?? 0).hexadecimal) on"
  }
}
