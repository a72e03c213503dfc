import Diagnostics

/// Which sections have which keys, for a key that stands in the wrong one.
enum SectionIndex {
  private static let sections: [(name: String, keys: [any SectionKey])] = [
    ("the manifest itself", ManifestKeys.all), ("`hypervisor`", HypervisorKeys.all), ("`xen`", XenKeys.all),
    ("a domain", DomainKeys.all), ("a region under `memory`", MemoryKeys.all), ("a file under `files`", FileKeys.all),
    ("a device under `devices`", DeviceKeys.all), ("`restart`", RestartKeys.all), ("`features`", FeatureKeys.all),
    ("a channel", ChannelKeys.all), ("a provider", ProviderKeys.all), ("a waiver", WaiverKeys.all),
    ("an entry of `expect`", ExpectationKeys.all), ("an entry of `memory-banks`", MemoryRangeKeys.keysOfBank),
    ("an entry of `reserved`", MemoryRangeKeys.keysOfReserved),
  ]

  /// Where a key belongs, or `nil` if no section has it.
  static func help(for key: String) -> String? {
    let owners = sections.filter { $0.keys.contains { $0.name == key } }.map(\.name)
    guard let last = owners.last else { return nil }
    let first = owners.dropLast().joined(separator: ", ")
    return "\(Quotation.quoted(key)) is a key of \(first.isEmpty ? last : "\(first) and \(last)")"
  }
}
