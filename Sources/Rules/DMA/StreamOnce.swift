import Board
import Diagnostics
import Ownership
import Partition

/// A DMA stream belongs to one domain.
enum StreamOnce: Rule {
  static let description = RuleDescription(
    "BH-DMA-003", title: "a DMA stream has one owner",
    requirement:
      "No two domains shall have devices whose stream ids can be the same on the same SMMU, masks considered.",
    hazard:
      "The SMMU cannot tell the two devices apart: both get the one domain's memory, so the other's device reaches into "
      + "a domain that does not own it.",
    applicability: "Devices with streams, `dma: unprotected` or not; equal ids on different SMMUs are fine.",
    example:
      "domains:\n  a: { devices: [ /usb@7ffb0000 ] }\n  b: { devices: [ /usb@7ffc0000 ] }      # both stream 0 of one SMMU"
  )

  /// More pairs than this help nobody.
  private static let mostPairs = 500

  /// What one domain uses of one SMMU, so that a stream is only compared with those that can be the same.
  private struct Uses {
    private var exact: [UInt32: [Use]] = [:]
    private var masked: [Use] = []

    mutating func add(_ use: Use) {
      if use.stream.mask == 0 { exact[use.stream.stream, default: []].append(use) } else { masked.append(use) }
    }

    func rivals(of use: Use) -> [Use] {
      guard use.stream.mask == 0 else {
        let all = exact.sorted { $0.key < $1.key }.flatMap(\.value) + masked
        return all.filter { $0.resource.clashes(with: use.resource) }
      }
      return (exact[use.stream.stream] ?? []) + masked.filter { $0.resource.clashes(with: use.resource) }
    }
  }

  private struct Use {
    let domain: DomainDraft
    let device: DeviceDraft
    let stream: DMAStream

    var resource: Resource { .stream(smmu: stream.smmu, id: stream.stream, mask: stream.mask) }
  }

  static func check(_ context: RuleContext) -> [Finding] {
    // By SMMU, then by domain: what one domain's devices share among themselves is its own affair.
    var uses: [String: [Int: Uses]] = [:]
    var seen: Set<[String]> = []
    var findings: [Finding] = []
    for domain in context.draft.domains {
      for device in domain.devices {
        for stream in device.claimedStreams {
          let use = Use(domain: domain, device: device, stream: stream)
          for (other, earlier) in (uses[stream.smmu] ?? [:]).sorted(by: { $0.key < $1.key }) where other != domain.index
          {
            for rival in earlier.rivals(of: use) where rival.device.path != device.path {
              guard findings.count < mostPairs else { return findings }
              guard seen.insert([rival.device.path, device.path]).inserted else { continue }
              findings.append(finding(rival, use))
            }
          }
          uses[stream.smmu, default: [:]][domain.index, default: Uses()].add(use)
        }
      }
    }
    return findings
  }

  private static func finding(_ left: Use, _ right: Use) -> Finding {
    let wrapper =
      left.stream.source == right.stream.source && left.stream.source != left.device.path
      ? ", which both have from \(left.stream.source)" : ""
    let id = UInt64(right.stream.stream).hexadecimal
    return Finding(
      description, .error,
      "\(left.device.path) of domain \(left.domain.name) and \(right.device.path) of domain \(right.domain.name) share the "
        + "stream \(id) of the SMMU \(right.stream.smmu)\(wrapper)",
      subjects: [left.device.path, right.device.path],
      resource: ResourceReference(.stream, id, on: right.stream.smmu), domains: [left.domain.name, right.domain.name],
      spans: [right.device.span, left.device.span], labels: ["the other device"],
      help: "give both devices to one domain; no setting separates them")
  }
}
