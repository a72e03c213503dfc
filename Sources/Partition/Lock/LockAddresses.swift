import Ownership

/// Every address of a plan, in words.
struct LockAddresses {
  /// The plan.
  let plan: Plan

  /// The entries, in a fixed order: hypervisor, domains, channels.
  func entries() -> [LockEntry] {
    hypervisor + plan.domains.flatMap(domain)
      + plan.channels.map { LockEntry("channels.\($0.name).memory", $0.memory.description) }
  }

  private var hypervisor: [LockEntry] {
    var entries = [LockEntry("hypervisor.memory", hypervisorMemory)]
    if let console = plan.hypervisor.console {
      entries.append(
        LockEntry("hypervisor.console", "\(console.path) at \(console.registers)\(Self.interrupt(console.intid))"))
    }
    entries += plan.hypervisor.devices.enumerated().map { LockEntry("hypervisor.devices[\($0)]", $1.description) }
    for smmu in plan.smmus {
      let streams = smmu.streams.map {
        let last = UInt64($0.id | $0.mask)
        let ids = $0.mask == 0 ? UInt64($0.id).hexadecimal : "\(UInt64($0.id).hexadecimal)..\(last.hexadecimal)"
        return "\(ids) of \(plan.domains[$0.domain].name)"
      }
      let lines = Self.interrupt(smmu.smmu.eventInterrupt?.intid) + Self.interrupt(smmu.smmu.errorInterrupt?.intid)
      entries.append(
        LockEntry("hypervisor.smmus \(smmu.smmu.path)", "streams " + streams.joined(separator: ", ") + lines))
    }
    return entries
  }

  private var hypervisorMemory: String {
    guard let stripes = plan.hypervisor.stripes else { return plan.hypervisor.memory.description }
    return MemoryRegion(stripes: stripes, guest: plan.hypervisor.memory).description
  }

  private func domain(_ domain: DomainPlan) -> [LockEntry] {
    let name = "domains.\(domain.name)"
    let cpus = domain.cpus.map { "\($0.path) (affinity \($0.affinity.hexadecimal))" }
    var entries = [LockEntry("\(name).cpus", cpus.joined(separator: ", "))]
    entries += domain.memory.enumerated().map { LockEntry("\(name).memory[\($0)]", $1.description) }
    entries += domain.reservedMemory.enumerated().map { LockEntry("\(name).reserved-memory[\($0)]", $1.description) }
    for device in domain.devices {
      let interrupts = device.device.interrupts.map { Self.interrupt($0.intid) }.joined()
      let pages = device.pages.map(\.description).joined(separator: ", ")
      entries.append(LockEntry("\(name).devices \(device.device.path)", pages + interrupts))
    }
    if let console = domain.console {
      entries.append(LockEntry("\(name).console", console.base.hexadecimal + Self.interrupt(console.intid)))
    }
    for watchdog in domain.virtualDevices where watchdog.kind == .watchdog {
      let frames = watchdog.registers.map(\.description) ?? ""
      entries.append(LockEntry("\(name).watchdog", frames + Self.interrupt(watchdog.intid)))
    }
    if let controller = domain.interruptController {
      let redistributors = controller.redistributors.map { ", redistributors \($0)" } ?? ""
      let interface = controller.cpuInterface.map { ", CPU interface \($0)" } ?? ""
      let view = "distributor \(controller.distributor)" + redistributors + interface
      entries.append(LockEntry("\(name).interrupt-controller", view))
    }
    for (index, payload) in domain.payloads.enumerated() {
      let place =
        payload.runs.count == 1
        ? "\(MemoryRegion(physical: payload.physical, guest: payload.guest))"
        : "\(payload.runs.count) runs in \(payload.physical) seen at \(payload.guest)"
      entries.append(LockEntry("\(name).payloads[\(index)] \(payload.role.rawValue)", place))
    }
    entries.append(LockEntry("\(name).entry", domain.entry.hexadecimal))
    for copy in domain.restart?.copies ?? [] {
      let role = domain.payloads[copy.payload].role.rawValue
      entries.append(LockEntry("\(name).pristine[\(copy.payload)] \(role)", copy.memory.description))
    }
    return entries
  }

  private static func interrupt(_ intid: UInt32?) -> String { intid.map { " interrupt \($0)" } ?? "" }
}
