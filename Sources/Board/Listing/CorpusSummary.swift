/// What many boards' trees allow, as a Markdown document.
public struct CorpusSummary: Sendable {
  private let boards: [BoardSummary]
  private let unreadable: [String]

  /// Takes the boards in the order in which they are to be listed, and the names of trees that could not be read.
  public init(_ boards: [BoardSummary], unreadable: [String] = []) {
    self.boards = boards
    self.unreadable = unreadable
  }

  /// The document, without a line break at the end. It holds nothing that depends on when or where it was made.
  public var markdown: String {
    (introduction + reasons + table).joined(separator: "\n")
  }

  private var devices: Int { boards.reduce(0) { $0 + $1.devices } }

  private func total(_ terms: BoardSummary.Terms) -> Int { boards.reduce(0) { $0 + ($1.counts[terms] ?? 0) } }

  private var introduction: [String] {
    let assignable = total(.alone) + total(.withPolicies) + total(.together)
    let masters = boards.reduce(0) { $0 + $1.unprotectedMasters }
    let stoppers = boards.reduce(0) { $0 + $1.stoppers }
    let without = boards.count { ($0.counts[.alone] ?? 0) == 0 }
    let ratios = boards.filter { $0.devices > 0 }.map { board in
      let free = (board.counts[.alone] ?? 0) + (board.counts[.withPolicies] ?? 0)
      return free * 100 / board.devices
    }.sorted()
    let median = ratios.isEmpty ? 0 : ratios[ratios.count / 2]
    return [
      "# What can be assigned on real boards", "",
      "`make corpus` writes this file: `bulkhead devices --summary` over the device trees of Debian's arm64 kernel package, "
        + "\(boards.count) trees with \(Self.grouped(devices)) enabled devices.", "",
      "| terms | devices | |", "| --- | ---: | ---: |",
      row("alone: they share nothing with any other device", total(.alone)),
      row("with policies: they share clocks, resets, power, pins, supplies with others", total(.withPolicies)),
      row("together with others only: they share what no policy separates", total(.together)),
      row("not at all", total(.never)), "",
      "- Without policies for what devices share, \(Self.percent(total(.alone), devices)) of the devices could be given to a "
        + "domain while the rest of the board stays free for another; with them "
        + "\(Self.percent(total(.alone) + total(.withPolicies), devices)). On half of the boards it is \(median)% or more.",
      "- \(without) boards have no device at all that stands alone.",
      "- \(Self.percent(masters, assignable)) of the \(Self.grouped(assignable)) devices that can be assigned start DMA that "
        + "no live SMMU holds: their entries need `dma: unprotected` and a reason.",
      "- \(Self.percent(stoppers, assignable)) of those devices can reset the whole board or take its power (watchdogs, reset "
        + "and power controllers, the ways to a PMIC): not for a domain while a more critical one runs.",
    ]
  }

  private var reasons: [String] {
    func section(_ title: String, _ counts: [[String: Int]]) -> [String] {
      let sums = counts.reduce(into: [String: Int]()) { $0.merge($1, uniquingKeysWith: +) }.filter { $0.value > 0 }
      let sorted = sums.sorted { ($1.value, $0.key) < ($0.value, $1.key) }
      return ["", "## \(title)", "", "| reason | devices |", "| --- | ---: |"]
        + sorted.map { "| \($0.key) | \(Self.grouped($0.value)) |" }
    }
    return section("Why devices have to go together", boards.map(\.bonds))
      + ["", "A device that is bound in several ways counts in each."]
      + section("Why no domain can have a device", boards.map(\.reasons))
  }

  private var table: [String] {
    var lines = [
      "", "## Board by board", "",
      "DMA: of the devices that can be assigned, those that start DMA which no live SMMU holds. STOP: those that can "
        + "stop the whole board.", "",
      "| tree | devices | alone | with policies | together | not at all | DMA | STOP |",
      "| --- | ---: | ---: | ---: | ---: | ---: | ---: | ---: |",
    ]
    for board in boards {
      let counts = BoardSummary.Terms.allCases.map { String(board.counts[$0] ?? 0) }
      lines.append(
        "| \(board.name) | \(board.devices) | \(counts.joined(separator: " | ")) | \(board.unprotectedMasters) "
          + "| \(board.stoppers) |")
    }
    if !unreadable.isEmpty {
      lines += ["", "Trees that cannot be read: \(unreadable.joined(separator: ", "))."]
    }
    return lines
  }

  private func row(_ title: String, _ count: Int) -> String {
    "| \(title) | \(Self.grouped(count)) | \(Self.percent(count, devices)) |"
  }

  /// A share in whole percent, rounded to the nearest.
  private static func percent(_ part: Int, _ whole: Int) -> String {
    whole == 0 ? "0%" : "\((part * 200 + whole) / (whole * 2))%"
  }

  /// 12345 as `12,345`.
  private static func grouped(_ number: Int) -> String {
    let digits = String(number)
    var text = ""
    for (position, digit) in digits.enumerated() {
      if position > 0, (digits.count - position).isMultiple(of: 3) { text.append(",") }
      text.append(digit)
    }
    return text
  }
}
