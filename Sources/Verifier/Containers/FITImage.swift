import Foundation
import Ownership

/// One image of a FIT: bytes, where U-Boot puts them, and the hash that U-Boot holds them against.
struct FITImage {
  /// The node's name.
  let name: String
  /// `kernel`, `firmware`, `flat_dt`.
  let type: String
  /// Physical address.
  let load: UInt64
  /// Physical address of the first instruction; only a kernel has one.
  let entry: UInt64?
  /// The bytes.
  let bytes: Data
  /// SHA-256 as the FIT states it.
  let hash: Data

  /// Reads a node below `/images` (U-Boot, doc/usage/fit/source_file_format.rst).
  init(_ node: FITNode, in file: FileBytes, treeSize: UInt64) throws(VerifierError) {
    let what = "has image \(node.name)"
    guard let type = node.text("type"), node.text("arch") == "arm64", node.text("compression") == "none" else {
      throw file.fault(at: node.place, "\(what) that is not uncompressed and for arm64, or of no type")
    }
    guard let load = node.number("load") else { throw file.fault(at: node.place, "\(what) without a load address") }
    let hashes = node.children.filter { $0.name.hasPrefix("hash") }
    guard hashes.count == 1, hashes[0].text("algo") == "sha256", let hash = hashes[0].properties["value"]?.bytes,
      hash.count == 32
    else { throw file.fault(at: node.place, "\(what) without exactly one hash, a SHA-256") }
    self.name = node.name
    self.type = type
    self.load = load
    entry = node.number("entry")
    bytes = try Self.bytes(of: node, in: file, treeSize: treeSize)
    self.hash = hash
  }

  /// Data in the tree itself, or behind it: `data-offset` counts from the tree's end at the next multiple of 4,
  /// `data-position` from the start of the file.
  private static func bytes(of node: FITNode, in file: FileBytes, treeSize: UInt64) throws(VerifierError) -> Data {
    let offset = node.number("data-offset")
    let position = node.number("data-position")
    if let inline = node.properties["data"] {
      guard offset == nil, position == nil else {
        throw file.fault(at: node.place, "has image \(node.name) in two places")
      }
      return inline.bytes
    }
    guard let size = node.number("data-size"), (offset == nil) != (position == nil) else {
      throw file.fault(at: node.place, "has image \(node.name) without data")
    }
    let (start, overflow) = ((treeSize + 3) & ~3).addingReportingOverflow(offset ?? 0)
    guard !overflow else { throw file.fault(at: node.place, "has image \(node.name) past the last address") }
    return try file.part(at: position ?? start, size: size, by: node.place, "image \(node.name)")
  }
}
