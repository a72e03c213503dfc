import Yams

extension DescriptionValues {
  /// `reset:` of a board's description: for each node the steps `{ offset, value, mask, within }`, of which `mask` is all
  /// bits if it is missing, and `within`, in microseconds, makes the step one that waits for the value.
  mutating func deviceResets(_ node: Node?) -> [DeviceReset] {
    list(node, "reset").compactMap { item in
      guard let words = record(item, "reset", ["node", "steps"]), let path = text(words[0], "node") else { return nil }
      let steps = list(words[1], "steps").compactMap { resetStep($0) }
      if steps.isEmpty { report("has a `reset` of \(path) without steps", item.mark) }
      return DeviceReset(path: path, steps: steps)
    }
  }

  private mutating func resetStep(_ node: Node) -> DeviceReset.Step? {
    guard let keys = mapping(node, "a step of `reset`", ["offset", "value", "mask", "within"]),
      let words = all(["offset", "value"], of: keys, in: "a step of `reset`", node.mark),
      let offset = number(words[0], "offset", 0...(1 << 24)), let value = number(words[1], "value", 0...0xFFFF_FFFF)
    else { return nil }
    let mask = keys["mask"].flatMap { number($0, "mask", 1...0xFFFF_FFFF) } ?? 0xFFFF_FFFF
    let patience = keys["within"].flatMap { number($0, "within", 1...1_000_000) } ?? 0
    guard offset % 4 == 0, value & ~mask == 0 else {
      report("has a step of `reset` at no multiple of 4, or with a value outside its mask", node.mark)
      return nil
    }
    return DeviceReset.Step(
      offset: offset, mask: UInt32(truncatingIfNeeded: mask), value: UInt32(truncatingIfNeeded: value),
      patience: patience)
  }
}
