import Diagnostics

/// Checks on `health:`.
extension ManifestChecks {
  /// The page's name is its own, and it has room for every domain.
  func checkHealthPage() {
    guard let page = manifest.channels.first(where: \.isHealthPage) else { return }
    for channel in manifest.channels where !channel.isHealthPage && channel.name.value == page.name.value {
      reading.report(
        HealthRules.name, at: [channel.name.span, page.name.span],
        "the channel `\(channel.name.value)` has the name of the health page, which `health: read` asks for",
        subject: "channels.\(channel.name.value)", kind: .channel, labels: ["the health page"],
        help: "give the channel another name")
    }
    guard manifest.domains.count > HealthRules.capacity else { return }
    reading.report(
      HealthRules.room, at: [page.name.span],
      "the health page has room for \(HealthRules.capacity) domains, and there are \(manifest.domains.count)",
      subject: "health", kind: .limit, help: "remove `health: read`, or make it fewer domains")
  }
}
