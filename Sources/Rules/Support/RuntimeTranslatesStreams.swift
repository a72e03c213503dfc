import Diagnostics
import Partition

/// SMMUs of version 2 are not programmed yet.
enum RuntimeTranslatesStreams: Rule {
  static let description = RuleDescription(
    "BH-SUP-022", title: "not supported yet: devices behind an SMMU of version 2",
    requirement:
      "No assigned device shall have a stream on an enabled SMMU of version 1 or 2 (MMU-400, MMU-401, MMU-500).",
    hazard: "The runtime does not program such an SMMU: the device's DMA would be refused, or pass untranslated.",
    applicability: SupportGapRules.applicability,
    example: "devices: [ /ethernet@ff0b0000 ]      # on a ZynqMP whose tree enables its MMU-500")

  static func check(_ context: RuleContext) -> [Finding] {
    guard context.draft.isForRuntime else { return [] }
    let old = Set(context.draft.board.smmus.filter { $0.version == .two }.map(\.path))
    return context.draft.domains.flatMap { domain in
      domain.devices.compactMap { device in
        guard let stream = device.liveStreams.first(where: { old.contains($0.smmu) }) else { return nil }
        let id = UInt64(stream.stream).hexadecimal
        return Finding(
          description, .error,
          "not supported yet: \(device.path) of domain \(domain.name) behind the SMMU \(stream.smmu)",
          subjects: [device.path, stream.smmu], resource: ResourceReference(.stream, id, on: stream.smmu),
          domains: [domain.name], spans: [device.span], help: "take the device out")
      }
    }
  }
}
