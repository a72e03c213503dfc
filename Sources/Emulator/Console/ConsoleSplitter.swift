/// Takes the bytes of a serial line apart into lines with their sources.
///
/// Nothing that arrives can make it keep more than a label's length, or a line longer than `lineLimit` bytes: such a
/// line is broken, and goes on under the same source.
public struct ConsoleSplitter: Sendable {
  /// Bytes of one line.
  static let lineLimit = 4096

  private enum State {
    /// At the start of a line, with what may still become a label.
    case label([UInt8])
    /// In a line of a source, this many bytes in.
    case line(String, length: Int)
  }

  private let prefixes: [(bytes: [UInt8], domain: String)]
  private let fallback: String
  private var state = State.label([])
  private var filter = TextFilter()

  /// Starts at the beginning of a line.
  public init(labels: ConsoleLabels) {
    switch labels {
    case .labelled(let domains):
      prefixes = ([ConsoleLabels.hypervisor] + domains).map { (Array("[\($0)] ".utf8), $0) }
      fallback = ConsoleLabels.hypervisor
    case .single(let domain):
      prefixes = []
      fallback = domain
    }
  }

  /// The pieces of lines that some bytes bring, in order.
  public mutating func consume(_ bytes: [UInt8]) -> [ConsoleFragment] {
    var fragments: [ConsoleFragment] = []
    var rest = bytes[...]
    while !rest.isEmpty {
      let end = rest.firstIndex(of: 0x0A) ?? rest.endIndex
      var piece = rest[..<end]
      let endsLine = end < rest.endIndex
      rest = rest[(endsLine ? end + 1 : end)...]
      piece.removeAll { $0 == 0x0D }
      take(Array(piece), endsLine: endsLine, into: &fragments)
    }
    return fragments
  }

  /// Shows what was held back because it might have become a label: nothing has come for a while.
  public mutating func flush() -> [ConsoleFragment] {
    guard case .label(let held) = state, !held.isEmpty else { return [] }
    var fragments: [ConsoleFragment] = []
    begin(held, endsLine: false, into: &fragments)
    return fragments
  }

  /// Ends the line that is open, if one is: nothing comes any more.
  public mutating func finish() -> [ConsoleFragment] {
    var fragments = flush()
    if case .line(let source, let length) = state {
      add([], source, length, startsLine: false, endsLine: true, into: &fragments)
    }
    return fragments
  }

  private mutating func take(_ piece: [UInt8], endsLine: Bool, into fragments: inout [ConsoleFragment]) {
    switch state {
    case .label(let held):
      let start = held + piece
      let isOpen = prefixes.contains { $0.bytes.count > start.count && $0.bytes.starts(with: start) }
      if isOpen, !endsLine { state = .label(start) } else { begin(start, endsLine: endsLine, into: &fragments) }
    case .line(let source, let length):
      add(piece, source, length, startsLine: false, endsLine: endsLine, into: &fragments)
    }
  }

  private mutating func begin(_ bytes: [UInt8], endsLine: Bool, into fragments: inout [ConsoleFragment]) {
    let label = prefixes.first { bytes.starts(with: $0.bytes) }
    let text = Array(bytes[(label?.bytes.count ?? 0)...])
    add(text, label?.domain ?? fallback, 0, startsLine: true, endsLine: endsLine, into: &fragments)
  }

  private mutating func add(
    _ bytes: [UInt8], _ source: String, _ length: Int, startsLine: Bool, endsLine: Bool,
    into fragments: inout [ConsoleFragment]
  ) {
    var rest = bytes[...]
    var length = length
    var startsLine = startsLine
    while length + rest.count > ConsoleSplitter.lineLimit {
      let room = ConsoleSplitter.lineLimit - length
      let text = filter.text(of: Array(rest.prefix(room))) + filter.finish()
      fragments.append(ConsoleFragment(source: source, text: text, startsLine: startsLine, endsLine: true))
      rest = rest.dropFirst(room)
      (length, startsLine) = (0, true)
    }
    var text = filter.text(of: Array(rest))
    if endsLine { text += filter.finish() }
    if endsLine || startsLine || !text.isEmpty {
      fragments.append(ConsoleFragment(source: source, text: text, startsLine: startsLine, endsLine: endsLine))
    }
    state = endsLine ? .label([]) : .line(source, length: length + rest.count)
  }
}
