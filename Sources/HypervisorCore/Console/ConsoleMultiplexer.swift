/// What the real UART shows at the moment. Each line belongs to one source, a domain or a CPU's messages, and starts
/// with its label.
public struct ConsoleMultiplexer {
  /// What to send next.
  enum Stage {
    /// Nothing: no source is being sent.
    case idle
    /// End the line of another source, which was left open.
    case breakLine
    /// The second byte of that.
    case breakLineFeed
    /// The label, from this byte of it.
    case label(UInt8)
    /// The source's bytes.
    case text
    /// The second byte of the line's end.
    case endLineFeed
  }

  var stage = Stage.idle
  /// The source being sent.
  var current: UInt32 = 0
  /// The source of a line that has begun and not ended; nil at the start of a line.
  var open: UInt32?
  /// A carriage return was taken and not sent: before a line feed it is superfluous, otherwise it starts the line anew.
  var returned = false
  /// Where the search for the next source starts.
  var next: UInt32 = 0

  /// An idle UART at the start of a line.
  public init() {}

  /// Nothing is half sent.
  public var isIdle: Bool { if case .idle = stage { true } else { false } }

  /// Begins to send from a source.
  public mutating func begin(_ source: UInt32) {
    current = source
    if let open, open != source {
      stage = .breakLine
      returned = false
    } else {
      stage = open == source ? .text : .label(0)
    }
  }

  /// The next byte for the UART; nil when the source has run out, after which the multiplexer is idle.
  ///
  /// - Parameters:
  ///   - label: byte n of the current source's label, nil behind its end.
  ///   - first: the next byte of the current source, which stays.
  ///   - removeFirst: takes that byte.
  public mutating func nextByte(label: (UInt8) -> UInt8?, first: () -> UInt8?, removeFirst: () -> Void) -> UInt8? {
    // Every round either gives a byte, takes one, or goes on to a later stage.
    while true {
      switch stage {
      case .idle: return nil
      case .breakLine:
        stage = .breakLineFeed
        return 0x0D
      case .breakLineFeed:
        open = nil
        stage = .label(0)
        return 0x0A
      case .label(let index):
        open = current
        if let byte = label(index) {
          stage = .label(index &+ 1)
          return byte
        }
        stage = .text
      case .text:
        guard let byte = first() else {
          stage = .idle
          return nil
        }
        if returned, byte != 0x0A, byte != 0x0D {
          returned = false
          stage = .label(0)
          return 0x0D
        }
        removeFirst()
        if byte == 0x0A {
          returned = false
          stage = .endLineFeed
          return 0x0D
        }
        if byte != 0x0D { return byte }
        returned = true
      case .endLineFeed:
        open = nil
        stage = .idle
        return 0x0A
      }
    }
  }
}
