import DeviceTree
import Ownership

/// Finds the tree that a domain gets in x0, through the domain's own stage 2.
struct DomainTreeFinder {
  /// What there is at the address.
  struct Found {
    var tree: DeviceTree?
    var memory: AddressRange?
    var fault: String?
  }

  /// Bytes up to the end of `totalsize` (Devicetree Specification v0.4, 5.2).
  private static let headerSize: UInt64 = 8
  /// More bytes than a tree of any board has by far: `DeviceTree` reads no more.
  private static let sizeLimit: UInt64 = 16 << 20

  /// Reads the tree as a domain would: at a guest address.
  static func find(_ address: UInt64, through stage2: TranslationReading, in image: MemoryImage) -> Found {
    let place = "the guest address \(address.hexadecimal)"
    guard let header = AddressRange(base: address, size: headerSize), let start = stage2.outputs(of: header) else {
      return Found(fault: "\(place) is not mapped")
    }
    guard let bytes = image.bytes(at: start) else { return Found(fault: "nothing is loaded at \(place), \(start)") }
    let size = bytes[4..<8].reduce(0 as UInt64) { $0 << 8 | UInt64($1) }
    guard size <= sizeLimit else {
      return Found(fault: "a tree at \(place) says that it has \(size) bytes, more than any tree")
    }
    guard let range = AddressRange(base: address, size: size), let memory = stage2.outputs(of: range),
      let blob = image.bytes(at: memory)
    else {
      return Found(
        fault: "the \(size) bytes that a tree at \(place) says it has are not mapped in one piece and loaded")
    }
    do throws(DeviceTreeError) {
      return Found(tree: try DeviceTree(blob: blob), memory: memory)
    } catch {
      return Found(memory: memory, fault: "what is loaded at \(place), \(memory), \(error)")
    }
  }
}
