import Diagnostics
import Foundation
import Ownership

/// The hypervisor's memory as EL2 sees it: its pages in one piece from the first one on.
///
/// Everything is read in this order, so that every claim about the hypervisor is about one piece of memory, whatever the
/// colours of its pages. It is a way of counting and no more: a page of the window has exactly one place in it, the
/// hypervisor's own first, then the others. Outside the window every address is itself. Without colours all are.
struct PagePlacement: Sendable {
  /// Where this way of counting applies: all that is loaded for the hypervisor, by physical address.
  let window: AddressRange
  private let count: UInt64
  /// The hypervisor's colours, counted from that of its first page.
  private let own: [UInt64]
  private let others: [UInt64]
  /// How many pages of the window are the hypervisor's.
  private let ownPages: UInt64

  /// Every address is itself.
  static let identity = PagePlacement()

  private init() {
    window = .everything
    count = 1
    own = [0]
    others = []
    ownPages = .max
  }

  /// Counts by some colours from the start of a window of whole pages on, which is a page of the first of them.
  ///
  /// - Throws: `VerifierError` if the window starts on a page of another colour.
  init(_ arrangement: HypervisorArrangement, window: AddressRange) throws(VerifierError) {
    let first = arrangement.colours.first ?? 0
    count = arrangement.colourCount
    let own = arrangement.colours.map { $0 - first }
    self.own = own
    others = (0..<arrangement.colourCount).filter { !own.contains($0) }
    self.window = window
    guard arrangement.isScattered else {
      ownPages = window.size / Granule.page
      return
    }
    guard window.base / Granule.page % arrangement.colourCount == first, window.isAligned(to: Granule.page) else {
      throw VerifierError(
        VerifierRules.colouredImage,
        "the hypervisor is loaded to \(window), which does not start on a page of colour \(first), its first",
        subjects: ["hypervisor"], resource: ResourceReference(.colour, String(first)))
    }
    let (pages, count) = (window.size / Granule.page, arrangement.colourCount)
    ownPages = pages / count * UInt64(own.count) + UInt64(own.count { $0 < pages % count })
  }

  /// Whether pages of others lie between the hypervisor's.
  var isScattered: Bool { !others.isEmpty }

  /// The place of a physical address in EL2's order.
  func linear(_ address: UInt64) -> UInt64 {
    guard isScattered, window.contains(address) else { return address }
    let (row, column) = ((address - window.base) / Granule.page).quotientAndRemainder(dividingBy: count)
    let place: UInt64
    if let position = own.firstIndex(of: column) {
      place = row * UInt64(own.count) + UInt64(position)
    } else {
      place = ownPages + row * UInt64(others.count) + UInt64(others.firstIndex(of: column) ?? 0)
    }
    return window.base + place * Granule.page + address % Granule.page
  }

  /// The physical address of a place in EL2's order.
  func physical(_ address: UInt64) -> UInt64 {
    guard isScattered, window.contains(address) else { return address }
    let place = (address - window.base) / Granule.page
    let columns = place < ownPages ? own : others
    let (row, position) = (place < ownPages ? place : place - ownPages)
      .quotientAndRemainder(dividingBy: UInt64(columns.count))
    return window.base + (row * count + columns[Int(position)]) * Granule.page + address % Granule.page
  }

  /// How much of EL2's order lies in the first `size` bytes of the window.
  func linearSize(_ size: UInt64) -> UInt64 {
    guard isScattered else { return size }
    let pages = size / Granule.page
    return (pages / count * UInt64(own.count) + UInt64(own.count { $0 < pages % count })) * Granule.page
  }

  /// An image in EL2's order. Pages between the hypervisor's are left out where they are zero: nobody has them.
  func linear(_ image: MemoryImage) throws(VerifierError) -> MemoryImage {
    guard isScattered else { return image }
    var segments = image.segments.filter { !$0.memory.overlaps(window) }
    var pages: [(place: UInt64, bytes: Data)] = []
    for segment in image.segments(overlapping: window) {
      guard window.contains(segment.memory), segment.memory.isAligned(to: Granule.page) else {
        throw VerifierError(
          VerifierRules.colouredImage,
          "\(image.name) puts \(segment.name) at \(segment.memory), which are not whole pages in \(window), where the "
            + "hypervisor is", subjects: ["hypervisor"])
      }
      for offset in stride(from: 0, to: segment.memory.size, by: Int(Granule.page)) {
        let bytes = segment.bytes.dropFirst(Int(clamping: offset)).prefix(Int(Granule.page))
        let place = linear(segment.memory.base + offset)
        let isOwn = place < window.base + ownPages * Granule.page
        if isOwn || bytes.contains(where: { $0 != 0 }) { pages.append((place, bytes)) }
      }
    }
    pages.sort { $0.place < $1.place }
    segments += Self.joined(pages, name: image.name)
    return try MemoryImage(name: image.name, entry: image.entry, segments: segments)
  }

  /// One segment for each run of pages.
  private static func joined(_ pages: [(place: UInt64, bytes: Data)], name: String) -> [ImageSegment] {
    var segments: [ImageSegment] = []
    var start = 0
    while start < pages.count {
      var bytes = Data()
      var end = start
      while end < pages.count, pages[end].place == pages[start].place + UInt64(end - start) * Granule.page {
        bytes.append(pages[end].bytes)
        bytes.append(Data(count: Int(Granule.page) - pages[end].bytes.count))
        end += 1
      }
      let segment = ImageSegment(
        name: "the hypervisor in \(name)", address: pages[start].place, bytes: bytes, memorySize: UInt64(bytes.count))
      if let segment { segments.append(segment) }
      start = end
    }
    return segments
  }
}
