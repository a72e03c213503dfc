import Diagnostics
import Partition

/// What two domains may both ask firmware to change is worth knowing.
enum FirmwareObjectShared: Rule {
  static let description = RuleDescription(
    "BH-PRV-007", title: "ids that two domains ask firmware for",
    requirement:
      "No clock, reset line, power node or pin that one domain may ask firmware to change shall be one that a device of a "
      + "domain of another criticality depends on, and it should be none that another domain's or the hypervisor's "
      + "device depends on at all.",
    hazard: "Firmware sees one caller: what the one domain switches off is off for the other as well.",
    applicability:
      "Providers with `policy: firmware`. A warning between domains of the same criticality and towards the hypervisor's "
      + "own devices, otherwise an error.",
    example:
      "domains:\n  a: { devices: [ /axi/serial@ff000000 ] }\n  b: { devices: [ /axi/serial@ff010000 ] }\n"
      + "providers:\n  /firmware/zynqmp-firmware: { policy: firmware }      # both need clock 31")

  private struct Pair: Hashable {
    let left: FirmwareRequest
    let right: FirmwareRequest
  }

  static func check(_ context: RuleContext) -> [Finding] {
    let requests = context.draft.firmwareRequests
    var order: [[String]] = []
    var shared: [[String]: [Pair]] = [:]
    for (_, users) in Dictionary(grouping: requests, by: \.object).sorted(by: { $0.key < $1.key }) {
      let parties = users.reduce(into: [FirmwareRequest]()) { parties, user in
        if !parties.contains(where: { $0.domain == user.domain }) { parties.append(user) }
      }
      for (index, left) in parties.enumerated() {
        for right in parties[(index + 1)...] {
          let key = [left.domain, left.device, right.domain, right.device]
          if shared[key] == nil { order.append(key) }
          shared[key, default: []].append(Pair(left: left, right: right))
        }
      }
    }
    return order.compactMap { shared[$0].flatMap { finding($0, context) } }
  }

  private static func finding(_ pairs: [Pair], _ context: RuleContext) -> Finding? {
    guard let pair = pairs.first else { return nil }
    let (left, right) = (pair.left, pair.right)
    let isHypervisors = !context.draft.domains.contains { $0.name == right.domain }
    let levels = [left.domain, right.domain].map { context.criticality(of: $0) }
    let severity: Severity = isHypervisors || levels[0] == levels[1] ? .warning : .error
    let ids = pairs.map { "\($0.left.object.kind.rawValue) \($0.left.object.number)" }
    let other =
      isHypervisors ? "\(right.device), which the hypervisor drives," : "\(right.device) of domain \(right.domain)"
    let why =
      severity == .error
      ? ", and domain \(left.domain) is \(levels[0].rawValue), \(right.domain) \(levels[1].rawValue)" : ""
    return Finding(
      description, severity,
      "\(left.device) of domain \(left.domain) and \(other) both depend on \(ids.listed(8)) of the firmware\(why)",
      subjects: [left.device, right.device],
      resource: ResourceReference(.provider, String(left.object.number), on: left.provider),
      domains: isHypervisors ? [left.domain] : [left.domain, right.domain],
      spans: [
        context.device(left.device, of: left.domain)?.span, context.device(right.device, of: right.domain)?.span,
      ],
      labels: ["the other device"],
      help:
        "leave \(left.provider) as it is:\nproviders:\n  \(left.provider): { policy: boot-configured, reason: \"…\" }")
  }
}
