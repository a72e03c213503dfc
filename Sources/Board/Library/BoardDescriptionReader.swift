import Diagnostics
import Ownership
import Yams

/// Reads `board.yaml`. Everything that is wrong with it is collected, each with its place.
package struct BoardDescriptionReader {
  /// The keys of the whole file.
  private static let keys = [
    "summary", "device-tree", "enabled", "bootable", "firmware", "loader-memory", "image-base", "qemu",
    "maintenance-interrupt", "virtual-interrupts", "physical-address-bits", "errata", "u-boot",
    "cpu-features", "last-level-cache", "reset",
  ]

  private var values: DescriptionValues

  /// The description that `text` holds.
  package static func read(_ text: String, file: String) throws(InputError) -> BoardDescription {
    var reader = BoardDescriptionReader(values: DescriptionValues(file: file))
    let description = reader.values.document(text).flatMap { reader.description($0) }
    if let first = reader.values.findings.first {
      throw InputError(first, others: Array(reader.values.findings.dropFirst()))
    }
    guard let description else { throw InputError(reader.values.finding("is empty", nil)) }
    return description
  }

  private mutating func description(_ node: Node) -> BoardDescription? {
    guard let top = values.mapping(node, "the file", Self.keys) else { return nil }
    for key in ["summary", "device-tree"] where top[key] == nil { values.report("has no `\(key)`", node.mark) }
    let bits = top["physical-address-bits"].flatMap { values.number($0, "physical-address-bits", 32...52) }
    // A maintenance interrupt is a PPI (IHI 0069, section 2.2.1).
    let maintenance = top["maintenance-interrupt"].flatMap { values.number($0, "maintenance-interrupt", 16...31) }
    return BoardDescription(
      summary: top["summary"].flatMap { values.text($0, "summary") } ?? "",
      treeSource: top["device-tree"].flatMap { treeSource($0) }, enabledNodes: enabledNodes(top["enabled"]),
      isBootable: values.truth(top["bootable"], "bootable"), firmware: top["firmware"].flatMap { firmware($0) },
      loaderRanges: ranges(top["loader-memory"]),
      imageBase: top["image-base"].flatMap { values.number($0, "image-base", 0...(UInt64.max)) },
      emulator: top["qemu"].flatMap { emulator($0) }, uBoot: top["u-boot"].flatMap { uBoot($0) } ?? .unknown,
      maintenanceINTID: maintenance.map { UInt32($0) },
      signalsVirtualInterrupts: top["virtual-interrupts"].map { signalsVirtualInterrupts($0) } ?? false,
      physicalAddressBits: Int(bits ?? 48), cpuStatements: cpuStatements(top["cpu-features"]),
      errata: errata(top["errata"]), lastLevelCache: top["last-level-cache"].flatMap { lastLevelCache($0) },
      deviceResets: values.deviceResets(top["reset"]))
  }

  /// A file's name, `{ package, file, sha256 }` or `{ qemu: dumpdtb, memory, sha256 }`.
  private mutating func treeSource(_ node: Node) -> TreeSource? {
    if node.scalar != nil { return values.text(node, "device-tree").map { .file($0) } }
    guard let keys = values.mapping(node, "`device-tree`", ["package", "file", "qemu", "memory", "sha256"]) else {
      return nil
    }
    let isDumped = keys["qemu"] != nil
    let wanted = isDumped ? ["qemu", "memory", "sha256"] : ["package", "file", "sha256"]
    for (name, value) in keys.sorted(by: { $0.key < $1.key }) where !wanted.contains(name) {
      values.report("has a `device-tree` from \(isDumped ? "QEMU" : "a package") with `\(name)`", value.mark)
    }
    guard let words = values.all(wanted, of: keys, in: "`device-tree`", node.mark) else { return nil }
    guard let sha256 = values.digest(words[2]) else { return nil }
    if isDumped {
      guard let method = values.text(words[0], "qemu"), let memory = values.number(words[1], "memory", 1...(1 << 48))
      else { return nil }
      guard method == "dumpdtb" else {
        values.report("has a `qemu` of `\(method)` under `device-tree`; only `dumpdtb` is known", words[0].mark)
        return nil
      }
      return .emulator(memory: memory, sha256: sha256)
    }
    guard let name = values.text(words[0], "package"), let file = values.text(words[1], "file") else { return nil }
    guard !file.hasPrefix("/"), !file.split(separator: "/").contains("..") else {
      values.report("has a `file` of `\(file)`, which is no path below the package's trees", words[1].mark)
      return nil
    }
    return .package(name: name, file: file, sha256: sha256)
  }

  private mutating func enabledNodes(_ node: Node?) -> [EnabledNode] {
    values.list(node, "enabled").compactMap { item in
      guard let words = values.record(item, "enabled", ["node", "reason"]),
        let path = values.text(words[0], "node"), let reason = values.text(words[1], "reason")
      else { return nil }
      return EnabledNode(path: path, reason: reason)
    }
  }

  private mutating func firmware(_ node: Node) -> FirmwareDescription? {
    guard let words = values.record(node, "firmware", ["name", "provides"]), let name = values.text(words[0], "name")
    else { return nil }
    let provides = values.list(words[1], "provides").compactMap { values.text($0, "provides") }
    return FirmwareDescription(name: name, provides: provides)
  }

  /// `by-gic`, as the architecture has it, or `by-software`, for a machine whose GIC's virtual interrupt goes nowhere.
  private mutating func signalsVirtualInterrupts(_ node: Node) -> Bool {
    let word = values.text(node, "virtual-interrupts")
    if let word, word != "by-gic", word != "by-software" {
      values.report("has `virtual-interrupts` of `\(word)`; known are `by-gic` and `by-software`", node.mark)
    }
    return word == "by-software"
  }

  private mutating func ranges(_ node: Node?) -> [AddressRange] {
    values.list(node, "loader-memory").compactMap { item in
      guard let words = values.record(item, "loader-memory", ["base", "size"]),
        let base = values.number(words[0], "base", 0...(UInt64.max)),
        let size = values.number(words[1], "size", 1...(UInt64.max))
      else { return nil }
      let range = AddressRange(base: base, size: size)
      if range == nil { values.report("has a `loader-memory` that runs past 2^64", item.mark) }
      return range
    }
  }

  private mutating func emulator(_ node: Node) -> EmulatorDescription? {
    guard let keys = values.mapping(node, "`qemu`", ["arguments", "cpus", "serial"]) else { return nil }
    let arguments = values.list(keys["arguments"], "arguments").compactMap { values.text($0, "arguments") }
    if arguments.isEmpty { values.report("has a `qemu` without arguments that choose the machine", node.mark) }
    let count = keys["cpus"].flatMap { values.number($0, "cpus", 1...512) }
    let lines = values.list(keys["serial"], "serial").compactMap { values.text($0, "serial") }
    for (index, line) in lines.enumerated() where lines[..<index].contains(line) {
      values.report("has `\(line)` twice under `serial`", keys["serial"]?.mark)
    }
    return EmulatorDescription(arguments: arguments, cpuCount: count.map { Int($0) }, serialLines: lines)
  }

  private mutating func uBoot(_ node: Node) -> UBootDescription? {
    guard let keys = values.mapping(node, "`u-boot`", ["end-of-ram", "qemu"]) else { return nil }
    let end = keys["end-of-ram"].flatMap { values.number($0, "end-of-ram", 1...(1 << 40)) }
    let emulation = keys["qemu"].flatMap { values.mapping($0, "`qemu` of `u-boot`", ["arguments"]) }
    let arguments = values.list(emulation?["arguments"], "arguments").compactMap { values.text($0, "arguments") }
    return UBootDescription(endOfRAM: end ?? UBootDescription.unknown.endOfRAM, qemuArguments: arguments)
  }

  private mutating func cpuStatements(_ node: Node?) -> [CPUStatement] {
    values.list(node, "cpu-features").compactMap { item in
      guard let keys = values.mapping(item, "an entry of `cpu-features`", ["compatible", "has", "lacks"]),
        let words = values.all(["compatible"], of: keys, in: "`cpu-features`", item.mark),
        let compatible = values.text(words[0], "compatible")
      else { return nil }
      return CPUStatement(
        compatible: compatible, present: cpuFeatures(keys["has"], "has"), absent: cpuFeatures(keys["lacks"], "lacks"))
    }
  }

  private mutating func cpuFeatures(_ node: Node?, _ name: String) -> [CPUFeature] {
    values.list(node, name).compactMap { item in
      guard let word = values.text(item, name) else { return nil }
      let feature = CPUFeature.named(word)
      if feature == nil {
        values.report("has `\(word)` under `\(name)`, which is no CPU feature that is known", item.mark)
      }
      return feature
    }
  }

  private mutating func errata(_ node: Node?) -> [Erratum] {
    values.list(node, "errata").compactMap { item in
      guard let words = values.record(item, "errata", ["number", "affects", "measure"]),
        let number = values.text(words[0], "number"), let affects = values.text(words[1], "affects"),
        let measure = values.text(words[2], "measure")
      else { return nil }
      return Erratum(number: number, affects: affects, measure: measure)
    }
  }

  private mutating func lastLevelCache(_ node: Node) -> LastLevelCacheDescription? {
    guard let words = values.record(node, "last-level-cache", ["size", "ways", "line", "source"]),
      let size = values.number(words[0], "size", 4096...(1 << 30)),
      let ways = values.number(words[1], "ways", 1...1024),
      let line = values.number(words[2], "line", 16...2048), let source = values.text(words[3], "source")
    else { return nil }
    let geometry = CacheGeometry(size: size, ways: ways, line: line)
    if let fault = geometry.fault { values.report("has a `last-level-cache` that \(fault)", node.mark) }
    return LastLevelCacheDescription(geometry: geometry, source: source)
  }
}
