import BulkheadKit
import Foundation
import Testing

@testable import Verifier

@Suite("The hypervisor's pages, counted in EL2's order")
struct PagePlacementTests {
  private let arrangement: HypervisorArrangement
  private let base: UInt64

  init() throws {
    let built = try BuiltSystem.coloured.get()
    arrangement = built.context.arrangement
    base = built.image.entry
  }

  @Test(
    "every page of the window has one place, the hypervisor's own first and in the order of their addresses",
    arguments: [1, 2, 15, 16, 17, 18, 32, 100])
  func places(pages: UInt64) throws {
    let window = try #require(AddressRange(base: base, size: pages * 4096))
    let placement = try PagePlacement(arrangement, window: window)
    let physical = (0..<pages).map { base + $0 * 4096 }
    let places = physical.map(placement.linear)
    #expect(Set(places) == Set(physical))
    #expect(places.map(placement.physical) == physical)
    let own = physical.filter { [14, 15].contains($0 / 4096 % 16) }
    #expect(own.map(placement.linear) == own.indices.map { base + UInt64($0) * 4096 })
    #expect(placement.linearSize(pages * 4096) == UInt64(own.count) * 4096)
    #expect(placement.linear(base + 0x123) == base + 0x123)
    for outside in [base - 1, window.last + 1] {
      #expect(placement.linear(outside) == outside && placement.physical(outside) == outside)
    }
  }

  @Test("an image in EL2's order has the hypervisor's pages in one segment, and others' only where they hold something")
  func image() throws {
    let window = try #require(AddressRange(base: base, size: 18 * 4096))
    let placement = try PagePlacement(arrangement, window: window)
    var bytes = Data(count: 18 * 4096)
    for page in [0, 1, 16, 17] { bytes[page * 4096] = UInt8(page + 1) }
    func image(_ bytes: Data) throws -> MemoryImage {
      let segment = try #require(
        ImageSegment(name: "all", address: base, bytes: bytes, memorySize: UInt64(bytes.count)))
      return try placement.linear(try MemoryImage(name: "image", entry: base, segments: [segment]))
    }
    let linear = try image(bytes)
    #expect(linear.segments.map(\.memory) == [AddressRange(base: base, size: 4 * 4096)])
    #expect(linear.segments[0].bytes.enumerated().filter { $0.element != 0 }.map(\.offset) == [0, 4096, 8192, 12288])
    bytes[5 * 4096 + 7] = 9
    #expect(try image(bytes).segments.map(\.memory.size) == [4 * 4096, 4096])
  }
}
