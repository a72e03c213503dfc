import Board
import Diagnostics
import Ownership
import Partition

/// A stream that a device shares with one that nobody drives is worth knowing.
enum StreamSharedWithNobody: Rule {
  static let description = RuleDescription(
    "BH-DMA-005", title: "DMA streams shared with unused devices",
    requirement: "An assigned device should not share its stream with an enabled device that no domain has.",
    hazard: "If the boot loader left the other device running, its DMA reaches the domain's memory.",
    applicability: "A warning: nothing that has an owner is shared.",
    example: "devices: [ /soc@0/geniqup@ac0000/serial@a84000 ]      # the wrapper's one stream carries all its engines",
    isWaivable: true)

  static func check(_ context: RuleContext) -> [Finding] {
    var idle: [String: [(path: String, resource: Resource)]] = [:]
    for device in context.unassigned where device.isDMAMaster {
      for stream in device.streams where stream.isLive {
        let resource = Resource.stream(smmu: stream.smmu, id: stream.stream, mask: stream.mask)
        idle[stream.smmu, default: []].append((device.path, resource))
      }
    }
    return context.draft.domains.flatMap { domain in
      domain.devices.compactMap { device in finding(device, domain, idle) }
    }
  }

  private static func finding(
    _ device: DeviceDraft, _ domain: DomainDraft, _ idle: [String: [(path: String, resource: Resource)]]
  ) -> Finding? {
    for stream in device.claimedStreams where stream.isLive {
      let resource = Resource.stream(smmu: stream.smmu, id: stream.stream, mask: stream.mask)
      let other = idle[stream.smmu]?.first {
        $0.resource.clashes(with: resource) && !device.path.isRelated(to: $0.path)
      }
      guard let other else { continue }
      let id = UInt64(stream.stream).hexadecimal
      return Finding(
        description, .warning,
        "\(device.path) of domain \(domain.name) shares the stream \(id) of the SMMU \(stream.smmu) with \(other.path), which "
          + "no domain has",
        subjects: [device.path, other.path], resource: ResourceReference(.stream, id, on: stream.smmu),
        domains: [domain.name], spans: [device.span],
        help: "give \(other.path) to domain \(domain.name) as well, or list it under `disabled:`")
    }
    return nil
  }
}
