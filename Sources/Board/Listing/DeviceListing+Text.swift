import Ownership

extension DeviceListing {
  /// The listing as text for a terminal, in sections, without a line break at the end.
  public var text: String {
    var lines = [summary]
    let free = devices.filter { $0.isAssignable && $0.companions.isEmpty && $0.sharedProviders.isEmpty }
    let sharing = devices.filter { $0.isAssignable && $0.companions.isEmpty && !$0.sharedProviders.isEmpty }
    let bound = devices.filter { $0.isAssignable && !$0.companions.isEmpty }
    let disabled = devices.filter { if case .disabled = $0.obstacles.first { true } else { false } }
    let kept = devices.filter { !$0.isAssignable && $0.device.isEnabled }
    lines += Self.section("can be assigned on their own", free) { Self.resources($0) }
    lines += Self.section(
      "can be assigned on their own, with policies for the providers that another domain's devices need too", sharing
    ) { Self.resources($0) }
    lines += Self.section("can be assigned together with others only", bound) { Self.companions($0) }
    lines += Self.section("cannot be assigned", kept) { entry in entry.obstacles.map(\.description) }
    lines += Self.section("disabled in the tree", disabled) { _ in [] }
    lines += legend
    return lines.joined(separator: "\n")
  }

  private var legend: [String] {
    var lines: [String] = []
    if devices.contains(where: { $0.isAssignable && $0.isUnprotectedMaster }) {
      lines.append("DMA!  starts DMA that no SMMU holds: its manifest entry has to say `dma: unprotected`")
    }
    if devices.contains(where: { $0.isAssignable && $0.stopReason != nil }) {
      lines.append("STOP  can reset the whole board or take its power: not for a domain while a more critical one runs")
    }
    return lines.isEmpty ? [] : [""] + lines
  }

  private var summary: String {
    let ram = board.memory.reduce(UInt64(0)) { $0.addingReportingOverflow($1.range.size).partialValue }
    let parts = [
      "\(board.cpus.count) CPUs", ram == 0 ? "no RAM in the tree" : "\(ram >> 20) MiB of RAM",
      board.interruptController.map { "GICv\($0.version.rawValue)" } ?? "no GIC",
      board.smmus.isEmpty
        ? "no SMMU" : "\(board.smmus.count(where: \.isEnabled)) of \(board.smmus.count) SMMUs enabled",
    ]
    return "\(board.name) (\(board.treeFile)): \(parts.joined(separator: ", "))"
  }

  private static func section(
    _ title: String, _ entries: [ListedDevice], remarks: (ListedDevice) -> [String]
  ) -> [String] {
    guard !entries.isEmpty else { return [] }
    let width = min(60, entries.map(\.device.path.count).max() ?? 0)
    var lines = ["", "\(title) (\(entries.count)):"]
    for entry in entries {
      let path = entry.device.path.padding(to: width)
      lines.append("  \(path)  \(flags(entry))  \(entry.device.compatible.first ?? "-")")
      lines += remarks(entry).map { "      " + $0 }
    }
    return lines
  }

  /// What an entry of a manifest has to reckon with, in two columns.
  private static func flags(_ entry: ListedDevice) -> String {
    let flags = [
      entry.isAssignable && entry.isUnprotectedMaster ? "DMA!" : "",
      entry.isAssignable && entry.stopReason != nil ? "STOP" : "",
    ]
    return flags.map { $0.padding(to: 4) }.joined(separator: " ")
  }

  private static func resources(_ entry: ListedDevice) -> [String] {
    let windows = entry.device.registers.map { "\($0)" }
    let interrupts = entry.device.interrupts.map { "\($0.intid)" }
    return [
      [
        windows.isEmpty ? "" : "registers \(windows.joined(separator: ", "))",
        interrupts.isEmpty ? "" : "interrupts \(interrupts.joined(separator: ", "))",
      ].filter { !$0.isEmpty }.joined(separator: "; ")
    ].filter { !$0.isEmpty }
  }

  /// What binds a device, one line for each resource, with all who share it.
  private static func companions(_ entry: ListedDevice) -> [String] {
    var order: [String] = []
    var others: [String: [String]] = [:]
    for conflict in entry.companions {
      let resource = "\(conflict.resource)"
      if others[resource] == nil { order.append(resource) }
      let path = entry.device.path
      let isFirst = conflict.first == path || conflict.first.hasPrefix(path + "/")
      let other = isFirst ? conflict.second : conflict.first
      if others[resource]?.contains(other) != true { others[resource, default: []].append(other) }
    }
    return order.map { resource in
      let paths = others[resource] ?? []
      let more = paths.count > 2 ? " and \(paths.count - 2) more" : ""
      return "\(resource): also \(paths.prefix(2).joined(separator: ", "))\(more)"
    }
  }
}

extension String {
  /// The text with spaces behind it up to a width in characters.
  func padding(to width: Int) -> String {
    count >= width ? self : self + String(repeating: " ", count: width - count)
  }
}
