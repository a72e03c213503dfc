import Diagnostics
import ImageFormat
import Ownership
import Partition

/// What the partition table can say at most (`ImageFormat.Limits`).
enum PlanLimits {
  /// Refuses a plan beyond the limits.
  static func check(_ plan: Plan) throws(ImageError) {
    try check("domains", plan.domains.count, Limits.domains, "the manifest")
    try check("CPUs", plan.domains.map(\.cpus.count).reduce(0, +), Limits.cpus, "the manifest")
    try check("SMMUs with devices of domains", plan.smmus.count, Limits.smmus, "the manifest")
    try check("blocks of DMA streams", plan.smmus.map(\.streams.count).reduce(0, +), Limits.streams, "the manifest")
    for domain in plan.domains {
      let who = "domain \(domain.name)"
      try check("CPUs", domain.cpus.count, Limits.cpusPerDomain, who)
      try check("memory regions", domain.memory.count, Limits.regionsPerDomain, who)
      try check("characters in its name", domain.name.utf8.count, Limits.nameLength, who)
      try check("ranges of firmware calls", domain.firmwareCalls.count, Limits.callRangesPerDomain, who)
      try check("virtual devices", domain.virtualDevices.count, Limits.virtualDevicesPerDomain, who)
      try check("pristine copies", domain.restart?.copies.count ?? 0, Limits.copiesPerDomain, who)
      try check("steps that reset devices", domain.restart?.steps.count ?? 0, Limits.resetStepsPerDomain, who)
      try checkSteps(domain, who)
      let highest = domain.devices.flatMap(\.device.interrupts).map(\.intid).max() ?? 0
      try check("as its highest interrupt", Int(highest), Limits.interrupts - 1, who)
    }
  }

  /// What resets a device is a register of that domain's, or a restart would write to another one's.
  private static func checkSteps(_ domain: DomainPlan, _ who: String) throws(ImageError) {
    let windows = domain.devices.flatMap(\.device.registers)
    for step in domain.restart?.steps ?? [] {
      guard let register = AddressRange(base: step.address, size: 4), windows.contains(where: { $0.contains(register) })
      else {
        throw ImageError(
          Finding(
            ImageRules.hardware, .error,
            "the board's description resets a device of \(who) by a register at \(step.address.hexadecimal), which is none "
              + "of that domain's", subjects: ["domains.\(domain.name)"], domains: [domain.name],
            spans: [domain.declaration.onFault.span], help: "correct `reset:` in the board's board.yaml"))
      }
    }
  }

  private static func check(_ what: String, _ number: Int, _ limit: Int, _ who: String) throws(ImageError) {
    guard number > limit else { return }
    throw ImageError(
      Finding(
        ImageRules.limits, .error, "\(who) has \(number) \(what), and the runtime can take \(limit)",
        resource: ResourceReference(.limit, String(limit))))
  }
}
