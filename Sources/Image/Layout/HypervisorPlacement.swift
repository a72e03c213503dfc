import Ownership
import Partition

/// Where the hypervisor's addresses are in physical memory.
///
/// Without colours every address is the physical one. With colours EL2 sees its pages in one piece from its first
/// physical address on, and the map scatters them over the pages of its colours. The first page is its own image in either
/// case: with the MMU off, a CPU runs there by the addresses that it goes on with once the MMU is on.
struct HypervisorPlacement: Sendable {
  /// The first address, the same on both sides.
  let base: UInt64
  private let stripes: Stripes?

  /// Where a plan puts the hypervisor.
  init(_ plan: HypervisorPlan) {
    base = plan.memory.base
    stripes = plan.stripes
  }

  /// Every address is itself.
  static let identity = HypervisorPlacement()

  private init() {
    base = 0
    stripes = nil
  }

  /// Whether an address can be another one physically.
  var isScattered: Bool { stripes != nil }

  /// Bytes of EL2's addresses that the plan has memory for; `nil` without colours, where all of the memory is.
  var capacity: UInt64? { stripes.map { $0.pageCount &* Granule.page } }

  /// The physical address of one of the hypervisor's.
  func physical(_ address: UInt64) -> UInt64 { stripes?.address(at: address &- base) ?? address }

  /// The physical addresses of a range of the hypervisor's, in its order.
  func runs(of range: AddressRange) -> [AddressRange] {
    stripes?.runs(from: range.base &- base, size: range.size) ?? [range]
  }

  /// How many bytes of physical memory the first `size` bytes reach over.
  func extent(of size: UInt64) -> UInt64 { size == 0 ? 0 : physical(base &+ (size - 1)) &- base &+ 1 }

  /// Bytes in the order of EL2's addresses, as they lie in physical memory: zeros in pages that are not the hypervisor's.
  func scatter(_ bytes: [UInt8]) -> [UInt8] {
    guard isScattered else { return bytes }
    var scattered = [UInt8](repeating: 0, count: Int(extent(of: UInt64(bytes.count))))
    var next = 0
    while next < bytes.count {
      let end = min(bytes.count, next + Int(Granule.page))
      let place = Int(physical(base &+ UInt64(next)) &- base)
      scattered.replaceSubrange(place..<place + (end - next), with: bytes[next..<end])
      next = end
    }
    return scattered
  }
}
