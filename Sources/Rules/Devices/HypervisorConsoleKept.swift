import Diagnostics
import Partition

/// EL2's UART is not a domain's.
enum HypervisorConsoleKept: Rule {
  static let description = RuleDescription(
    "BH-DEV-015", title: "the hypervisor's UART stays with it",
    requirement: "No domain shall be given the device that `hypervisor: console` names.",
    hazard: "The domain could stop or forge what the hypervisor prints, fault reports included.",
    applicability: "Manifests with `hypervisor: console`.",
    example: "hypervisor: { console: /pl011@9000000 }\ndomains:\n  a: { devices: [ /pl011@9000000 ] }")

  static func check(_ context: RuleContext) -> [Finding] {
    guard let console = context.draft.hypervisorConsole else { return [] }
    return context.draft.domains.flatMap { domain in
      domain.devices.filter { $0.path == console.path }.map { device in
        Finding(
          description, .error, "\(console.path) is given to domain \(domain.name) and is the hypervisor's console",
          subjects: [console.path, "hypervisor"], resource: ResourceReference(.console, console.path),
          domains: [domain.name], spans: [device.span, context.draft.manifest.hypervisor.console?.span],
          labels: ["the hypervisor's console"],
          help: "give the domain `console: virtual` instead, or name another UART under `hypervisor: console`")
      }
    }
  }
}
