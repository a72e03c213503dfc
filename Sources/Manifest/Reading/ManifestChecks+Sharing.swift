import Diagnostics

/// Checks on what domains share and on what people accept: channels, providers, waivers.
extension ManifestChecks {
  func check(_ channel: ChannelDeclaration) {
    let subject = "channels.\(channel.name.value)"
    let isMemory = channel.kind.value == .memory
    checkIsDomain(
      channel.writer, "\(Quotation.quoted("\(subject).\(isMemory ? "writer" : "server")"))", subject: subject)
    for reader in channel.readers {
      checkIsDomain(reader, "\(Quotation.quoted("\(subject).\(isMemory ? "readers" : "client")"))", subject: subject)
      guard reader.value == channel.writer.value else { continue }
      let (one, other) = isMemory ? ("writer", "readers") : ("server", "client")
      reading.report(
        ManifestRules.writerReads, at: [reader.span, channel.writer.span],
        "`\(reader.value)` is \(one) of \(Quotation.quoted(subject)) and stands under `\(other)` as well",
        subject: subject, kind: .channel, labels: ["the \(one)"], domains: [reader.value],
        help: isMemory ? "remove it from `readers`: the writer may read what it wrote anyway" : "name another domain")
    }
    checkSize(of: channel, subject)
    for presentation in channel.presentations { check(presentation, of: channel, subject) }
  }

  private func check(_ presentation: ChannelPresentation, of channel: ChannelDeclaration, _ subject: String) {
    let name = presentation.domain.value
    let place = "\(subject).as.\(name)"
    let parties = [channel.writer.value] + channel.readers.map(\.value)
    guard channel.kind.value == .memory, parties.contains(name) else {
      let isMemory = channel.kind.value == .memory
      reading.report(
        ManifestRules.channelForm, at: [presentation.domain.span, channel.kind.span ?? channel.span],
        "\(Quotation.quoted(place)) says how \(Quotation.quoted(name)) sees the channel, "
          + (isMemory ? "which it neither writes nor reads" : "which is a disk"),
        subject: subject, kind: .channel, labels: ["the channel"],
        help: isMemory
          ? Suggestions.help(for: name, among: parties) ?? "add it to `readers`, or remove the entry"
          : "remove `as`: the client sees a virtio-mmio device, and the server the channel's pages")
      return
    }
    guard presentation.form.value == .pci, channel.doorbell?.value != true else { return }
    reading.report(
      ManifestRules.functionDoorbell, at: [presentation.form.span, channel.span],
      "\(Quotation.quoted(place)) is `pci`, and the channel has no doorbell", subject: subject, kind: .channel,
      labels: ["the channel"], domains: [name],
      help: "add `doorbell: true`, or remove the entry: a node with the pages is enough for a reader that polls")
  }

  private func checkSize(of channel: ChannelDeclaration, _ subject: String) {
    let size = channel.size.value
    guard !size.isMultiple(of: Self.page) else { return }
    let pages = size / Self.page + 1
    let (up, overflow) = pages.multipliedReportingOverflow(by: Self.page)
    reading.report(
      ManifestRules.channelPages, at: [channel.size.span],
      "\(Quotation.quoted("\(subject).size")) is \(size) bytes, which is no whole number of pages of \(Self.page) bytes",
      subject: subject, kind: .channel, help: overflow ? nil : "write \(up / 1024) KiB (\(pages) pages)")
  }

  func check(_ provider: ProviderDeclaration) {
    let subject = provider.path.value
    if case .ownedBy(let name) = provider.policy.value {
      checkIsDomain(
        Located(name, at: provider.policy.span), "the policy of \(Quotation.quoted(subject))", subject: subject)
    }
    if provider.policy.value == .firmware, let rate = provider.rates.first {
      reading.report(
        ManifestRules.providerRates, at: [rate.span, provider.policy.span],
        "\(Quotation.quoted(subject)) states `rates`, but firmware sets its clocks at the domains' request",
        subject: subject, kind: .provider, labels: ["the policy"],
        help: "remove `rates`, or write `policy: boot-configured`")
    }
  }

  func checkWaivers(_ rules: [RuleDescription]) {
    for (index, waiver) in manifest.waivers.enumerated() {
      let subject = "waivers[\(index)]"
      guard let rule = rules.first(where: { $0.id == waiver.rule.value }) else {
        reading.report(
          ManifestRules.waiverRule, at: [waiver.rule.span],
          "there is no rule \(Quotation.quoted(waiver.rule.value.rawValue))", subject: subject,
          help: Suggestions.help(for: waiver.rule.value.rawValue, among: rules.map(\.id.rawValue))
            ?? "copy the id from the finding, which shows it in brackets")
        continue
      }
      guard !rule.isWaivable else { continue }
      reading.report(
        ManifestRules.notWaivable, at: [waiver.rule.span], "the rule \(rule.id) (\(rule.title)) cannot be waived",
        subject: subject,
        help: "mend what the rule finds; only rules that do not keep two owners apart can be waived")
    }
  }
}
