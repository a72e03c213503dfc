import Diagnostics
import Ownership
import Partition

/// RAM regions and device windows are apart.
enum MemoryHoldsNoRegisters: Rule {
  static let description = RuleDescription(
    "BH-MEM-015", title: "no registers inside memory",
    requirement:
      "No region of a domain or channel shall touch the registers of an enabled device, assigned or not, nor a "
      + "PCI window.",
    hazard:
      "The domain would map a device as ordinary memory, and drive it by accident or on purpose: on Bao and Xen a guest "
      + "with such a region reads and writes what is there.",
    example: "memory: [ { base: 0x09000000, size: 2 MiB } ]      # the UART")

  static func check(_ context: RuleContext) -> [Finding] {
    var seen: Set<[String]> = []
    return context.clashes.compactMap { clash in
      guard let (used, device) = clash.ordered({ $0.isUsedMemory && $0 != .hypervisor }, { $0.isRegisters }),
        seen.insert([context.subject(used.claimant), context.subject(device.claimant)]).inserted
      else { return nil }
      return context.finding(
        description, used, device, overlap: clash.overlap, kind: .memory,
        "\(context.words(used)) covers registers of \(context.words(device)), in \(clash.overlap)",
        help: "leave `base` of \(context.subject(used.claimant)) out, so that Bulkhead keeps clear of devices")
    }
  }
}
