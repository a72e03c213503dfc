import Diagnostics
import Ownership
import Partition

/// Who owns what, as a table that a person reads on a terminal.
public struct OwnershipTable: Sendable {
  private let plan: Plan

  /// Takes the plan to show.
  public init(_ plan: Plan) { self.plan = plan }

  /// The table, one line a fact, ending with a line break.
  public var text: String {
    var lines = plan.domains.flatMap(rows(of:))
    lines += rows("hypervisor", "EL2", hypervisorFacts)
    lines += plan.channels.flatMap(rows(of:))
    return lines.joined(separator: "\n") + "\n"
  }

  private func rows(of domain: DomainPlan) -> [String] {
    let criticality = domain.declaration.criticality.map { " (\($0.value.rawValue))" } ?? ""
    var facts = [("CPUs", domain.cpus.map { String($0.index) }.joined(separator: ", "))]
    facts += domain.memory.map { ("memory", text($0.physical)) }
    facts += domain.reservedMemory.map { ("reserved", text($0.physical)) }
    facts += domain.devices.map { device in
      let pages = device.pages.map { text($0) }.joined(separator: "; ")
      let lines = device.device.interrupts.map { String($0.intid) }.joined(separator: ", ")
      return ("device", [device.device.path, pages, lines.isEmpty ? "" : "INTID \(lines)"].joined(separator: "  "))
    }
    if let console = domain.console { facts.append(("console", "virtual PL011 at \(console.base.hexadecimal)")) }
    for watchdog in domain.virtualDevices where watchdog.kind == .watchdog {
      let line = watchdog.intid.map { "  INTID \($0)" } ?? ""
      facts.append(("watchdog", "virtual, at \(watchdog.registers?.base.hexadecimal ?? "")\(line)"))
    }
    return rows(domain.name, "domain\(criticality)", facts)
  }

  private func rows(of channel: ChannelPlan) -> [String] {
    let readers = channel.declaration.readers.map(\.value).joined(separator: ", ")
    return rows(
      channel.name, "channel",
      [("memory", text(channel.memory)), ("rights", "\(channel.declaration.writer.value) writes, \(readers) reads")])
  }

  private var hypervisorFacts: [(String, String)] {
    [("memory", text(plan.hypervisor.memory))]
      + plan.hypervisor.devices.map { ("device", text($0)) }
      + (plan.hypervisor.console.map { [("console", $0.path)] } ?? [])
  }

  private func rows(_ name: String, _ kind: String, _ facts: [(String, String)]) -> [String] {
    ["\(name), \(kind)"] + facts.map { "  " + $0.0.padded(to: 10) + $0.1 }
  }

  private func text(_ range: AddressRange) -> String {
    "\(range.base.hexadecimal)–\(range.last.hexadecimal)  \(range.size.byteCount)"
  }
}
