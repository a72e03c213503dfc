import Diagnostics
import Manifest
import Ownership

/// Who rings at whom is what the manifest's channels say.
enum ChannelDevicesAreTheManifests: ProofClaim {
  static let description = RuleDescription(
    "BH-VER-140", title: "doorbells are the manifest's",
    requirement:
      "The virtual devices of a domain for channels shall be, in the manifest's order, those of the channels with "
      + "a doorbell that it writes or reads, in the form that the manifest gives them, and a doorbell shall lead to just the "
      + "readers of its own channel.",
    hazard:
      "A domain interrupts one that the manifest keeps it from, or a reader waits for a ring that goes elsewhere.",
    applicability: "Every image that is verified.",
    example: "bulkhead verify build/cockpit   # a doorbell's record leads to the reader of another channel")

  static func examine(_ system: FinishedSystem, _ context: VerificationContext) -> ClaimOutcome {
    var findings = CappedFindings(description)
    var channels: [Int: String] = [:]
    var examined = 0
    for domain in system.domains {
      let wanted = ExpectedChannelDevices.devices(of: domain.name, in: context.manifest)
      let found = domain.record.virtualDevices.filter(\.kind.isForChannels)
      examined += max(wanted.count, found.count)
      if found.map(\.kind) == wanted.map(\.kind), found.map(\.parameter) == wanted.map(\.parameter) {
        for (device, expected) in zip(found, wanted) { channels[device.index] = expected.channel }
      } else {
        let words =
          "domain \(domain.name) has the virtual devices \(Self.words(found.map { ($0.kind, $0.parameter) })) for its "
          + "channels, and by the manifest \(Self.words(wanted.map { ($0.kind, $0.parameter) }))"
        findings.add(finding(words, domain.name, context))
      }
    }
    for domain in system.domains {
      for device in domain.record.virtualDevices where device.kind.isForChannels {
        guard let peer = device.peer, channels[device.index] != channels[peer] else { continue }
        let words =
          "virtual device \(device.index) of domain \(domain.name), of channel \(channels[device.index] ?? "none"), leads to "
          + "\(peer), which is of channel \(channels[peer] ?? "none")"
        findings.add(finding(words, domain.name, context))
      }
    }
    return ClaimOutcome(description, examined: examined, "virtual devices", findings: findings.all)
  }

  private static func words(_ devices: [(VirtualDeviceReading.Kind, UInt64)]) -> String {
    devices.isEmpty ? "none" : devices.map { "\($0.0) \($0.1)" }.joined(separator: ", ")
  }

  private static func finding(_ words: String, _ domain: String, _ context: VerificationContext) -> Finding {
    Finding(
      description, .error, words, subjects: ["domains.\(domain)"], resource: ResourceReference(.channel),
      domains: [domain], spans: [context.groundwork.domain(domain)?.span], help: VerifierRules.rebuild)
  }
}
