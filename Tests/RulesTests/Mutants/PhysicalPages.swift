import BulkheadKit

/// The physical pages of a plan, held against one another page range by page range: no map, no rules, no sorting, so
/// that nothing of what accepts a plan is relied on.
struct PhysicalPages {
  private let ranges: [(owner: String, range: AddressRange)]

  init(_ plan: Plan) {
    var ranges: [(String, AddressRange)] = [("the hypervisor", plan.hypervisor.memory)]
    for domain in plan.domains {
      ranges += (domain.memory + domain.reservedMemory).map { ("domain \(domain.name)", $0.physical) }
      ranges += domain.devices.flatMap(\.pages).map { ("domain \(domain.name)", $0.pages) }
    }
    ranges += plan.channels.map { ("channel \($0.name)", $0.memory) }
    self.ranges = ranges
  }

  /// Two owners of one page, in words; `nil` if there are none.
  var overlap: String? {
    for (index, first) in ranges.enumerated() {
      for second in ranges.dropFirst(index + 1) where first.owner != second.owner {
        if first.range.base <= second.range.last, second.range.base <= first.range.last {
          return "\(first.owner) and \(second.owner) both have \(first.range)"
        }
      }
    }
    return nil
  }
}
