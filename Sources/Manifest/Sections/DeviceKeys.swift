import Diagnostics

/// An entry of a domain's `devices:`: a node, or a section with these keys.
enum DeviceKeys {
  static let path = Key("path", .node, required: true, "The node: path, label or alias of the board's tree.")
  static let dma = Key(
    "dma", .only("unprotected"), "`unprotected`: the device reaches memory with no SMMU in between; needs a `reason`.")
  static let reason = Key("reason", .text("a reason"), "Why DMA without an SMMU is acceptable.")
  static let set = Key("set", PropertyForm.list, "Properties to put into the domain's copy of the node.")

  static let all: [any SectionKey] = [path, dma, reason, set]

  static let form = Form.either(scalar: plain, orElse: detailed)

  /// What makes two entries the same.
  static let identity: @Sendable (DeviceDeclaration) -> (text: String, span: SourceSpan?) = {
    ($0.path.value, $0.path.span)
  }

  private static let plain = Form<Located<String>>.node.map { path, _, _ in
    DeviceDeclaration(path: path, hasUnprotectedDMA: nil, reason: nil, properties: [])
  }

  private static let detailed = Form<DeviceDeclaration>.section(all, isJoined: false) { fields, _ in
    fields[path].map {
      DeviceDeclaration(path: $0, hasUnprotectedDMA: fields[dma], reason: fields[reason], properties: fields[set] ?? [])
    }
  }
}
