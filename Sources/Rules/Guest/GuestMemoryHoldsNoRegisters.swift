import Diagnostics
import Partition

/// A domain's RAM does not hide its devices.
enum GuestMemoryHoldsNoRegisters: Rule {
  static let description = RuleDescription(
    "BH-GST-005", title: "guest memory and devices are apart",
    requirement:
      "No memory that a domain sees shall overlap the registers of one of its devices, which it sees where they "
      + "are.",
    hazard:
      "Only one of the two can be mapped; the driver writes its commands into RAM, or the kernel its data into a device. "
      + "Xen accepts such an address.",
    applicability: "Domains with devices and a `guest:` address.",
    example: "memory: [ { size: 32 MiB, guest: 0x09000000 } ]\ndevices: [ /pl031@9010000 ]")

  static func check(_ context: RuleContext) -> [Finding] {
    context.guestLayouts.flatMap { layout in
      layout.overlaps.compactMap { overlap in
        guard overlap.left.isMemory, overlap.right.kind == .device else { return nil }
        return overlap.finding(description, layout.domain, kind: .region, help: "choose another `guest:` address")
      }
    }
  }
}
