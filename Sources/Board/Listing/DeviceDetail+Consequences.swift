extension DeviceDetail {
  /// What becomes of other devices once a domain has this one: which cannot go to another domain at all, and which only
  /// with a policy for what they share.
  var consequences: [String] { inseparable + separableByPolicy }

  private var inseparable: [String] {
    var order: [String] = []
    var resources: [String: [String]] = [:]
    for conflict in conflicts {
      let isFirst = conflict.first == path || conflict.first.hasPrefix(path + "/")
      let other = isFirst ? conflict.second : conflict.first
      if resources[other] == nil { order.append(other) }
      let resource = conflict.resource.description
      if resources[other]?.contains(resource) != true { resources[other, default: []].append(resource) }
    }
    guard !order.isEmpty else { return [] }
    return ["", "once a domain has it, no other domain can be given:"]
      + order.map { "  \($0)  (the same \(resources[$0, default: []].joined(separator: ", the same ")))" }
  }

  private var separableByPolicy: [String] {
    guard !sharedProviders.isEmpty else { return [] }
    let never = Set(conflicts.flatMap { [$0.first, $0.second] })
    var seen: Set<String> = []
    let others = sharedProviders.flatMap(\.others).filter { !never.contains($0) && seen.insert($0).inserted }
    guard !others.isEmpty else { return [] }
    var lines = [
      "",
      "once a domain has it, \(Self.count(others.count, "device")) can go to another domain only with a policy for:",
    ]
    let direct = sharedProviders.filter(\.isDirect)
    for provider in direct {
      let kinds = provider.kinds.isEmpty ? "which is this node" : provider.kinds.map(\.rawValue).joined(separator: ", ")
      let names = provider.others.prefix(2).joined(separator: ", ")
      let more = provider.others.count > 2 ? " and \(provider.others.count - 2) more" : ""
      lines.append("  \(provider.path)  (\(kinds)): \(names)\(more)")
    }
    let behind = sharedProviders.filter { !$0.isDirect }.map(\.path)
    if !behind.isEmpty { lines.append("  which settles what they need in turn: \(behind.joined(separator: ", "))") }
    lines += ["", "lines of a manifest that settle it (`firmware`: firmware drives it; or `owned-by DOMAIN`):"]
    lines.append("  providers:")
    return lines + direct.map { "    \($0.manifestLine)" }
  }

  private static func count(_ number: Int, _ noun: String) -> String {
    number == 1 ? "one other \(noun)" : "\(number) other \(noun)s"
  }
}
