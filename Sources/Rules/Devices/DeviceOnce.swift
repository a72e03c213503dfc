import Diagnostics
import Partition

/// A device has one owner.
enum DeviceOnce: Rule {
  static let description = RuleDescription(
    "BH-DEV-010", title: "a device has one owner",
    requirement: "No device shall be given to two domains, neither by name nor because it lies below a node that is.",
    hazard: "Two drivers program one device: Bao and Xen boot it, and what one UART prints depends on both.",
    example: "domains:\n  a: { devices: [ /soc/bus@0 ] }\n  b: { devices: [ /soc/bus@0/serial@1000 ] }")

  /// Two entries of `devices:` that meet in one device.
  private struct Meeting: Hashable {
    let left: String
    let right: String
    let domains: [Int]
  }

  static func check(_ context: RuleContext) -> [Finding] {
    var owners: [String: (domain: Int, device: DeviceDraft)] = [:]
    var reported: Set<Meeting> = []
    var findings: [Finding] = []
    for (index, domain) in context.draft.domains.enumerated() {
      for device in domain.devices {
        guard let other = owners[device.path] else {
          owners[device.path] = (index, device)
          continue
        }
        guard other.domain != index else { continue }
        // Below two nested buses everything is shared; the first device says it all.
        let meeting = Meeting(
          left: other.device.declaredPath, right: device.declaredPath, domains: [other.domain, index])
        guard reported.insert(meeting).inserted else { continue }
        findings.append(finding(other.device, context.draft.domains[other.domain], device, domain))
      }
    }
    return findings
  }

  private static func finding(
    _ left: DeviceDraft, _ leftDomain: DomainDraft, _ right: DeviceDraft, _ rightDomain: DomainDraft
  ) -> Finding {
    // Of two nodes that both bring the device along, one lies below the other and has the longer path.
    let bus =
      left.declaredPath == right.declaredPath
      ? nil : [left.declaredPath, right.declaredPath].min { $0.utf8.count < $1.utf8.count }
    let below = bus.map { ", because \(right.path) lies below \($0)" } ?? ""
    return Finding(
      description, .error,
      "\(right.path) is given to domain \(leftDomain.name) and to domain \(rightDomain.name)\(below)",
      subjects: [left.declaredPath, right.declaredPath],
      resource: ResourceReference(.device, right.path), domains: [leftDomain.name, rightDomain.name],
      spans: [right.span, left.span], labels: ["the other domain's entry"],
      help: bus.map { "give the whole of \($0) to one domain, or name the devices below it one by one" }
        ?? "take \(right.declaredPath) out of one of the two domains")
  }
}
