import Diagnostics

/// Joins the trees of two files key by key, and takes the marks `override: true` out.
struct ManifestJoin {
  let reading: Reading

  /// `upper` laid over `lower`; what both set without a mark is a finding, and `lower` stays.
  func join(_ upper: YAMLNode, over lower: YAMLNode?, as merging: Merging) -> YAMLNode {
    guard let upperEntries = upper.entries else { return upper }
    if case .whole = merging { return upper }
    var entries = lower?.entries ?? []
    var (mark, rest): (Located<Bool>?, [YAMLEntry]) = (nil, upperEntries)
    if case .section = merging { (mark, rest) = OverrideMark.take(from: upperEntries, reading) }
    var places = Dictionary(entries.enumerated().map { ($1.key.text, $0) }) { first, _ in first }
    var replaced = false
    for entry in rest {
      let kind = merging.merging(ofKey: entry.key.text)
      guard let index = places[entry.key.text] else {
        places[entry.key.text] = entries.count
        entries.append(YAMLEntry(key: entry.key, value: join(entry.value, over: nil, as: kind)))
        continue
      }
      if isJoinable(entry.value, entries[index].value, kind) {
        let value = join(entry.value, over: entries[index].value, as: kind)
        entries[index] = YAMLEntry(key: entries[index].key, value: value)
      } else if mark?.value == true {
        replaced = true
        entries[index] = YAMLEntry(key: entry.key, value: join(entry.value, over: nil, as: kind))
      } else {
        reportSetTwice(entry, entries[index])
      }
    }
    if let mark, mark.value, !replaced { reportIdleMark(mark, upper) }
    return upper.with(.mapping(entries))
  }

  private func isJoinable(_ upper: YAMLNode, _ lower: YAMLNode, _ merging: Merging) -> Bool {
    if case .whole = merging { return false }
    return upper.entries != nil && lower.entries != nil
  }

  private func reportSetTwice(_ upper: YAMLEntry, _ lower: YAMLEntry) {
    reading.report(
      ManifestRules.setTwice, at: [upper.key.span, lower.key.span],
      "\(Quotation.quoted(upper.value.path)) is set here and in \(Quotation.quoted(path: lower.key.span.start.file))",
      subject: upper.value.path, labels: ["set first here"],
      help: "remove one of the two, or write `override: true` beside `\(upper.key.text)` here if this one is to count")
  }

  private func reportIdleMark(_ mark: Located<Bool>, _ section: YAMLNode) {
    reading.report(
      ManifestRules.idleOverride, .warning, at: [mark.span],
      "`override: true` in \(reading.named(section)) replaces nothing that an included file sets",
      subject: section.path, help: "remove the mark, so that it does not hide a later clash")
  }
}
