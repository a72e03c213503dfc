/// A number, an address or a size as a manifest writes it, and the values near it.
struct ManifestQuantity {
  private let number: UInt64
  private let unit: Substring
  private let isHexadecimal: Bool

  /// Reads `16 MiB`, `0x50000000` or `3`; `nil` for everything else.
  init?(_ text: String) {
    let parts = text.split(separator: " ", maxSplits: 1)
    guard let first = parts.first else { return nil }
    isHexadecimal = first.hasPrefix("0x")
    guard let number = isHexadecimal ? UInt64(first.dropFirst(2), radix: 16) : UInt64(first) else { return nil }
    self.number = number
    unit = parts.count > 1 ? parts[1] : ""
  }

  /// Off by one, by a page less a byte, by a page, by the alignment of a kernel; doubled, halved; in other units.
  var neighbours: [(String, String)] {
    var values: [(String, String)] = [
      ("off by one, up", write(number &+ 1)), ("off by one, down", write(number &- 1)),
      ("double a number", write(number &* 2)), ("halve a number", write(number / 2)),
      ("grow a thousand times", write(number &* 1024)), ("grow a million times", write(number &* (1 << 20))),
      ("grow beyond 2^64", write(number | 1 << 63)),
    ]
    if isHexadecimal {
      values += [
        ("shift by a page", write(number &+ 4096)), ("shift back by a page", write(number &- 4096)),
        ("shift by half a page", write(number &+ 2048)), ("shift by 16 MiB", write(number &+ 16 << 20)),
      ]
    }
    for other in ["KiB", "MiB", "GiB", "s", "ms", "MB/s", ""] where other != unit && !unit.isEmpty {
      values.append(("write another unit", other.isEmpty ? "\(number)" : "\(number) \(other)"))
    }
    if unit == "MiB" {
      values += [
        ("grow by a page", "\(number &* 1024 &+ 4) KiB"), ("shrink by a page", "\(number &* 1024 &- 4) KiB"),
        ("grow by a byte", "\(number << 20 &+ 1)"),
      ]
    }
    return values
  }

  private func write(_ value: UInt64) -> String {
    let text = isHexadecimal ? "0x" + String(value, radix: 16) : String(value)
    return unit.isEmpty ? text : "\(text) \(unit)"
  }
}
