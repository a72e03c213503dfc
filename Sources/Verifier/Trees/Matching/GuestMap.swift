import Ownership

/// What a domain reaches by its stage 2, as runs of guest addresses.
struct GuestMap {
  /// What kind of memory a run is, by the fields of its descriptors.
  enum Kind: Hashable {
    /// Normal write-back memory, writable and executable.
    case memory
    /// Device-nGnRE, writable, never executable.
    case registers
    /// Normal non-cacheable memory, writable, never executable.
    case channelWriter
    /// Normal non-cacheable memory, read only, never executable.
    case channelReader
    /// Anything else.
    case other
  }

  /// The runs of one kind each, by guest address.
  let runs: [(run: MappedRun, kind: Kind)]
  private let reading: TranslationReading

  /// Sorts the runs of a stage 2.
  init(_ reading: TranslationReading) {
    self.reading = reading
    runs = reading.runs.map { ($0, Self.kind(of: $0.attributes)) }
  }

  /// MemAttr in bits 5:2, S2AP in bits 7:6 and XN in bits 54:53 of a stage 2 block or page descriptor (Arm DDI 0487J.a,
  /// D8.3.2 “Block and Page descriptor formats”, D8.4.2 and D8.5.5 for what they mean at stage 2).
  private static func kind(of descriptor: UInt64) -> Kind {
    switch (descriptor >> 2 & 0b1111, descriptor >> 6 & 0b11, descriptor >> 53 & 0b11) {
    case (0b1111, 0b11, 0b00): .memory
    case (0b0001, 0b11, 0b10): .registers
    case (0b0101, 0b11, 0b10): .channelWriter
    case (0b0101, 0b01, 0b10): .channelReader
    default: .other
    }
  }

  /// The physical addresses behind a range of guest addresses that follow one another and are of one kind.
  func physical(_ range: AddressRange, kind: Kind) -> AddressRange? {
    guard let run = reading.run(at: range.base), Self.kind(of: run.attributes) == kind else { return nil }
    return reading.outputs(of: range)
  }

  /// The physical addresses behind a range of guest addresses of one kind, in its order.
  func runs(_ range: AddressRange, kind: Kind) -> [AddressRange]? {
    guard let run = reading.run(at: range.base), Self.kind(of: run.attributes) == kind else { return nil }
    return reading.outputRuns(of: range)
  }

  /// The guest addresses of a range of physical memory of one kind.
  func guest(_ physical: AddressRange, kind: Kind) -> AddressRange? {
    for run in runs where run.kind == kind && run.run.output.contains(physical) {
      return physical.moved(from: run.run.output.base, to: run.run.input.base)
    }
    return nil
  }

  /// All guest addresses of some kinds.
  func addresses(_ kinds: Kind...) -> AddressSet {
    AddressSet(runs.filter { kinds.contains($0.kind) }.map(\.run.input))
  }
}
