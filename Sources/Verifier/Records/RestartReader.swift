import Ownership

/// Reads the restart records, and which spans, copies and steps are theirs: each takes the next ones, and none is left
/// over.
struct RestartReader {
  private typealias Offsets = PartitionOffsets.Restart

  /// How many records there are of each kind, and where they start.
  struct Places {
    let start: Int
    let count: Int
    let spans: Int
    let copies: Int
    let steps: Int

    var spansAt: Int { start + count * PartitionOffsets.Restart.total }
    var copiesAt: Int { spansAt + spans * PartitionOffsets.Span.total }
    var stepsAt: Int { copiesAt + copies * PartitionOffsets.Copy.total }
    var end: Int { stepsAt + steps * PartitionOffsets.Step.total }
  }

  let records: RecordBytes
  let places: Places

  private struct Taken {
    var spans = 0
    var copies = 0
    var steps = 0
  }

  /// The restart records in their order.
  func read() throws(VerifierError) -> [RestartReading] {
    var taken = Taken()
    var restarts: [RestartReading] = []
    for index in 0..<places.count { restarts.append(try read(index, &taken)) }
    try records.require(
      taken.spans == places.spans && taken.copies == places.copies && taken.steps == places.steps, at: places.spansAt,
      "has spans, copies or steps that no restart record takes")
    return restarts
  }

  private func read(_ index: Int, _ taken: inout Taken) throws(VerifierError) -> RestartReading {
    let place = places.start + index * Offsets.total
    let window: UInt64 = try records.number(at: place + Offsets.window)
    try records.require(
      (1...PartitionLimits.window).contains(window), at: place + Offsets.window,
      "limits restarts within \(window) ms, which is no time that can be counted")
    let spans = try run(
      place + Offsets.firstSpan, 1...PartitionLimits.regionsPerDomain, &taken.spans, of: places.spans, "spans")
    let copies = try run(
      place + Offsets.firstCopy, 1...PartitionLimits.copiesPerDomain, &taken.copies, of: places.copies, "copies")
    let steps = try run(
      place + Offsets.firstStep, 0...PartitionLimits.stepsPerDomain, &taken.steps, of: places.steps, "steps")
    return RestartReading(
      translationTable: try records.number(at: place + Offsets.translationTable), window: window,
      history: try records.number(at: place + Offsets.history), spans: try spans.map(span),
      copies: try copies.map(copy),
      steps: try steps.map(step))
  }

  /// The next records of a kind: first index at an offset, how many behind it.
  private func run(
    _ offset: Int, _ allowed: ClosedRange<Int>, _ taken: inout Int, of total: Int, _ what: String
  ) throws(VerifierError) -> Range<Int> {
    let first: UInt32 = try records.number(at: offset)
    let count: UInt32 = try records.number(at: offset + 4)
    try records.require(
      Int(first) == taken && allowed.contains(Int(count)) && Int(count) <= total - taken, at: offset,
      "gives a restart record \(count) \(what) from \(first) on, where \(taken) of \(total) are taken")
    defer { taken += Int(count) }
    return taken..<taken + Int(count)
  }

  private func span(_ index: Int) throws(VerifierError) -> AddressRange {
    let place = places.spansAt + index * PartitionOffsets.Span.total
    let base: UInt64 = try records.number(at: place + PartitionOffsets.Span.base)
    let size: UInt64 = try records.number(at: place + PartitionOffsets.Span.size)
    guard let span = AddressRange(base: base, size: size), span.isAligned(to: 4096) else {
      throw records.fault(
        at: place, "clears \(size.hexadecimal) bytes at \(base.hexadecimal): no whole pages")
    }
    return span
  }

  private func copy(_ index: Int) throws(VerifierError) -> RestartReading.Copy {
    let place = places.copiesAt + index * PartitionOffsets.Copy.total
    let from: UInt64 = try records.number(at: place + PartitionOffsets.Copy.source)
    let to: UInt64 = try records.number(at: place + PartitionOffsets.Copy.destination)
    let size: UInt64 = try records.number(at: place + PartitionOffsets.Copy.size)
    guard let source = AddressRange(base: from, size: size), let destination = AddressRange(base: to, size: size),
      from % 4096 == 0
    else {
      throw records.fault(
        at: place, "copies \(size) bytes from \(from.hexadecimal) to \(to.hexadecimal), which cannot be done")
    }
    return RestartReading.Copy(source: source, destination: destination)
  }

  private func step(_ index: Int) throws(VerifierError) -> RestartReading.Step {
    let place = places.stepsAt + index * PartitionOffsets.Step.total
    return RestartReading.Step(
      address: try records.number(at: place + PartitionOffsets.Step.address),
      mask: try records.number(at: place + PartitionOffsets.Step.mask),
      value: try records.number(at: place + PartitionOffsets.Step.value),
      patience: try records.number(at: place + PartitionOffsets.Step.patience))
  }
}

extension Range<Int> {
  /// What each index stands for.
  fileprivate func map<Value>(_ body: (Int) throws(VerifierError) -> Value) throws(VerifierError) -> [Value] {
    var values: [Value] = []
    for index in self { values.append(try body(index)) }
    return values
  }
}
