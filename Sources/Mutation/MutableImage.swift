import Foundation
import Ownership
import Verifier

/// A memory image that can be changed and changed back in place, so that a mutant costs no copy of it.
struct MutableImage {
  private let original: MemoryImage
  private var contents: [Data]

  /// Starts with an image as it was built.
  init(_ image: MemoryImage) {
    original = image
    contents = image.segments.map(\.bytes)
  }

  /// Hands over the image with some patches in it, and takes them back.
  ///
  /// - Returns: what `body` returned; `nil` if a patch is where no file gives bytes, or changes nothing at all.
  mutating func with<Result>(_ patches: [Mutant.Patch], _ body: (MemoryImage) -> Result) -> Result? {
    var undo: [Mutant.Patch] = []
    defer { for patch in undo.reversed() { _ = exchange(patch) } }
    var isChanged = false
    for patch in patches {
      guard let before = exchange(patch) else { return nil }
      undo.append(before)
      if before.bytes != patch.bytes { isChanged = true }
    }
    guard isChanged, let image = image() else { return nil }
    return body(image)
  }

  /// Puts bytes in place and gives back those that stood there.
  private mutating func exchange(_ patch: Mutant.Patch) -> Mutant.Patch? {
    guard let index = original.segments.firstIndex(where: { $0.memory.contains(patch.address) }) else { return nil }
    let offset = patch.address - original.segments[index].memory.base
    guard offset <= UInt64(contents[index].count), patch.bytes.count <= contents[index].count - Int(offset) else {
      return nil
    }
    let start = contents[index].startIndex + Int(offset)
    let place = start..<start + patch.bytes.count
    let before = [UInt8](contents[index][place])
    contents[index].replaceSubrange(place, with: patch.bytes)
    return Mutant.Patch(address: patch.address, bytes: before)
  }

  private func image() -> MemoryImage? {
    let segments = zip(original.segments, contents).compactMap { segment, bytes in
      ImageSegment(
        name: segment.name, address: segment.memory.base, bytes: bytes, memorySize: segment.memory.size)
    }
    return try? MemoryImage(name: original.name, entry: original.entry, segments: segments)
  }
}
