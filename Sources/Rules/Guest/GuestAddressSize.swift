import Diagnostics
import Ownership

/// A domain's CPUs can form every guest address.
enum GuestAddressSize: Rule {
  static let description = RuleDescription(
    "BH-GST-006", title: "guest addresses fit the CPUs",
    requirement:
      "Guest addresses shall lie below 2 to the power of the board's physical address bits, 48 at most (Arm DDI "
      + "0487, VTCR_EL2.T0SZ and PS).",
    hazard: "Stage 2 cannot translate such an address: the domain's first access there is a fault.",
    example: "memory: [ { size: 32 MiB, guest: 0x20000000000 } ]      # 2^41, on CPUs with 40 bits")

  /// With a 4 KiB granule and without FEAT_LPA2 no input address is larger (Arm DDI 0487, D8.2).
  private static let mostBits = 48

  static func check(_ context: RuleContext) -> [Finding] {
    let bits = min(context.draft.board.description.physicalAddressBits, mostBits)
    guard bits >= 0, let reachable = AddressRange(base: 0, last: (1 << UInt64(bits)) - 1) else { return [] }
    return context.draft.domains.flatMap { domain in
      domain.memory.compactMap { entry in
        guard let region = entry.region, region.guest != region.physical, !reachable.contains(region.guest) else {
          return nil
        }
        let field = "\(domain.subject).memory[\(entry.index)]"
        return Finding(
          description, .error,
          "\(field) is seen at \(region.guest), and guest addresses on \(context.draft.board.name) end at "
            + "\(reachable.last.hexadecimal) (\(bits) bits)",
          subjects: [field, context.draft.board.name],
          resource: ResourceReference(.region, region.guest.base.hexadecimal), domains: [domain.name],
          spans: [entry.declaration.guest?.span], help: "choose a `guest:` below \(reachable.last.hexadecimal)")
      }
    }
  }
}
