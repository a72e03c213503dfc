import Diagnostics
import Partition

/// Nothing is mapped over the virtual interrupt controller.
enum GuestInterruptControllerFree: Rule {
  static let description = RuleDescription(
    "BH-GST-003", title: "nothing over the virtual interrupt controller",
    requirement:
      "No memory or device that a domain sees shall overlap its virtual distributor, redistributors (GICv3) or CPU "
      + "interface (GICv2), which stand where the board has the real ones.",
    hazard: "Accesses to the controller must trap; where memory is mapped they do not, and the guest hangs without an "
      + "interrupt.",
    example: "memory: [ { size: 32 MiB, guest: 0x08000000 } ]      # the distributor")

  static func check(_ context: RuleContext) -> [Finding] {
    context.guestLayouts.flatMap { layout in
      layout.overlaps.compactMap { overlap in
        guard [.distributor, .redistributors, .cpuInterface].contains(overlap.right.kind),
          overlap.left.isMemory || overlap.left.kind == .device
        else { return nil }
        return overlap.finding(
          description, layout.domain, kind: .interruptController, help: "choose another `guest:` address")
      }
    }
  }
}

extension GuestLayout.Overlap {
  /// A finding about something real (left) over something virtual or over a device (right).
  func finding(_ rule: RuleDescription, _ domain: DomainDraft, kind: ResourceKind, help: String) -> Finding {
    let free = left.range.size
    return Finding(
      rule, .error,
      "\(left.name) is seen by domain \(domain.name) at \(left.range) (\(free.byteCount)), over \(right.name) at \(right.range)",
      subjects: [left.name, "\(domain.subject): \(right.name)"],
      resource: ResourceReference(kind, range.base.hexadecimal), domains: [domain.name],
      spans: [left.span, right.span],
      labels: [right.name], help: help)
  }
}
