import Diagnostics

/// Checks on one domain, and on domains among each other.
extension ManifestChecks {
  func check(_ domain: DomainDeclaration) {
    let subject = "domains.\(domain.name.value)"
    checkKernel(domain, subject)
    checkRestart(domain, subject)
    checkCalls(domain, subject)
    for device in domain.devices { check(device, of: domain, subject) }
  }

  private func checkKernel(_ domain: DomainDeclaration, _ subject: String) {
    guard domain.kernel == nil, !reading.isIncomplete, !reading.misspelt.contains("\(subject).kernel") else { return }
    if manifest.board.value != "generic" {
      reading.report(
        ManifestRules.kernel, at: [domain.span], "\(Quotation.quoted(subject)) lacks the key `kernel`",
        subject: subject, kind: .payload, domains: [domain.name.value],
        help: "add `kernel: path/to/Image`: an arm64 Image, an ELF file, or raw bytes")
    }
    for (key, place) in [("load", domain.load?.span), ("entry", domain.entry?.span)] where place != nil {
      reading.report(
        ManifestRules.kernel, at: [place], "\(Quotation.quoted(subject)) has `\(key)` but no `kernel`",
        subject: subject, kind: .payload, domains: [domain.name.value],
        help: "remove `\(key)`, or add the raw `kernel` that it is for")
    }
  }

  private func checkRestart(_ domain: DomainDeclaration, _ subject: String) {
    guard let restart = domain.restart, domain.onFault.value != .restart else { return }
    reading.report(
      ManifestRules.restart, at: [restart.limit.span, domain.onFault.span],
      "\(Quotation.quoted(subject)) has a section `restart`, but `on-fault` is `\(domain.onFault.value.rawValue)`",
      subject: subject, labels: ["the reaction"], domains: [domain.name.value],
      help: "write `on-fault: restart`, or remove the section `restart`")
  }

  private func checkCalls(_ domain: DomainDeclaration, _ subject: String) {
    for calls in domain.smc {
      let covers = { (ids: ClosedRange<UInt32>) in ids.overlaps(calls.value) }
      let power = CallForm.powerControl.first(where: covers).map { ("PSCI", $0) }
      let architecture = CallForm.architecture.first(where: covers).map { ("Arm architecture calls", $0) }
      guard let (what, ids) = power ?? architecture else { continue }
      reading.report(
        ManifestRules.powerControl, at: [calls.span],
        "\(Quotation.quoted("\(subject).smc")) covers \(what) (\(hex(ids))), which \(power == nil ? "are" : "is") never "
          + "passed on to firmware",
        subject: subject, domains: [domain.name.value],
        help: "leave these ids out: EL2 answers \(power == nil ? "them itself" : "PSCI for the domain's own CPUs")")
    }
    let sorted = domain.smc.sorted { $0.value.lowerBound < $1.value.lowerBound }
    for (lower, upper) in zip(sorted, sorted.dropFirst()) where lower.value.overlaps(upper.value) {
      reading.report(
        ManifestRules.repeatedEntry, at: [upper.span, lower.span],
        "\(hex(upper.value)) and \(hex(lower.value)) in \(Quotation.quoted("\(subject).smc")) overlap",
        subject: subject, labels: ["the other range"], domains: [domain.name.value], help: "write each id once")
    }
  }

  private func hex(_ range: ClosedRange<UInt32>) -> String {
    let first = "0x" + String(range.lowerBound, radix: 16)
    return range.count == 1 ? first : "\(first)..0x\(String(range.upperBound, radix: 16))"
  }

  private func check(_ device: DeviceDeclaration, of domain: DomainDeclaration, _ subject: String) {
    let path = Quotation.quoted(device.path.value)
    if let dma = device.hasUnprotectedDMA, device.reason == nil {
      reading.report(
        ManifestRules.unprotectedReason, at: [dma.span],
        "\(path) has `dma: unprotected` without a `reason`", subject: device.path.value, kind: .device,
        domains: [domain.name.value],
        help: "add `reason: \"…\"`: why it is acceptable that this device reaches every domain's memory")
    }
    if device.hasUnprotectedDMA == nil, let reason = device.reason {
      reading.report(
        ManifestRules.unprotectedReason, .warning, at: [reason.span],
        "\(path) has a `reason`, but nothing that needs one", subject: device.path.value, kind: .device,
        domains: [domain.name.value], help: "remove it, or write it as a comment")
    }
  }

  /// `stop-system` stops everybody, so only the most critical may ask for it.
  func checkStopSystem() {
    guard !reading.isIncomplete else { return }
    func level(_ domain: DomainDeclaration) -> Criticality { domain.criticality?.value ?? .qualityManaged }
    guard let highest = manifest.domains.max(by: { level($0) < level($1) }) else { return }
    for domain in manifest.domains where domain.onFault.value == .stopSystem && level(domain) < level(highest) {
      reading.report(
        ManifestRules.stopSystem, at: [domain.onFault.span, highest.criticality?.span],
        "a fault of `\(domain.name.value)` (\(level(domain).rawValue)) would stop `\(highest.name.value)` "
          + "(\(level(highest).rawValue)), which is more critical",
        subject: "domains.\(domain.name.value)", kind: .domain, labels: ["the highest criticality present"],
        domains: [domain.name.value, highest.name.value], help: "write `on-fault: halt`")
    }
  }
}
