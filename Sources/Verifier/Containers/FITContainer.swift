import Foundation
import Ownership

/// Reads `u-boot/system.itb`: what U-Boot puts into memory for the one configuration of a FIT image.
///
/// What no image gives is not part of it: the boot script zeroes the rest of each piece's memory, and the channels.
struct FITContainer {
  /// What is in memory.
  let memory: MemoryImage
  /// Every image, the board's tree included.
  let images: [FITImage]

  private let file: FileBytes

  /// Reads a FIT image; `configuration` is the one that the boot script starts, `treeAddress` where the board's tree
  /// goes.
  ///
  /// - Throws: `VerifierError` that names the byte offset of the first thing that is wrong.
  init(_ file: FileBytes, configuration: String, treeAddress: UInt64) throws(VerifierError) {
    self.file = file
    let tree = try FITTree(file)
    let root = try tree.root()
    guard let nodes = root.child("images")?.children, let configurations = root.child("configurations") else {
      throw file.fault(at: root.place, "has no images or no configurations")
    }
    var images: [FITImage] = []
    for node in nodes { images.append(try FITImage(node, in: file, treeSize: tree.size)) }
    self.images = images
    guard configurations.children.count == 1, let system = configurations.child(configuration),
      configurations.text("default") == configuration
    else {
      throw file.fault(at: configurations.place, "does not have \(configuration) as its one configuration and default")
    }
    memory = try Self.memory(of: images, system, file, treeAddress)
  }

  private static func memory(
    of images: [FITImage], _ system: FITNode, _ file: FileBytes, _ treeAddress: UInt64
  ) throws(VerifierError) -> MemoryImage {
    guard let kernelName = system.text("kernel"), let treeName = system.text("fdt") else {
      throw file.fault(at: system.place, "has a configuration without a kernel or without a tree")
    }
    let loadables = system.properties["loadables"] == nil ? [] : system.texts("loadables")
    guard let loadables, (loadables + [kernelName, treeName]).sorted() == images.map(\.name).sorted() else {
      throw file.fault(at: system.place, "has a configuration that does not use every image once")
    }
    var segments: [ImageSegment] = []
    var entry: UInt64?
    for image in images where image.name != treeName {
      let isKernel = image.name == kernelName
      try file.require(
        image.type == (isKernel ? "kernel" : "firmware") && isKernel == (image.entry != nil), at: system.place,
        "has image \(image.name) of type \(image.type)")
      if let start = image.entry { entry = start }
      segments.append(try segment(image, file))
    }
    let boardTree = images.first { $0.name == treeName }
    guard let boardTree, boardTree.type == "flat_dt", boardTree.load == treeAddress, let entry else {
      throw file.fault(at: system.place, "does not put the board's tree at \(treeAddress.hexadecimal)")
    }
    // The tree is not part of what the hypervisor starts with, but it must not lie over it: the initializer would say.
    _ = try MemoryImage(name: file.name, entry: entry, segments: segments + [try segment(boardTree, file)])
    return try MemoryImage(name: file.name, entry: entry, segments: segments)
  }

  private static func segment(_ image: FITImage, _ file: FileBytes) throws(VerifierError) -> ImageSegment {
    let segment = ImageSegment(
      name: "image \(image.name) of \(file.name)", address: image.load, bytes: image.bytes,
      memorySize: UInt64(image.bytes.count))
    guard let segment else {
      throw file.fault(at: 0, "has image \(image.name) without bytes, or past the last address")
    }
    return segment
  }
}
