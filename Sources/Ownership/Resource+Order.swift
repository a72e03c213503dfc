extension Resource {
  /// The addresses of memory and registers; `nil` for everything else.
  public var range: AddressRange? {
    switch self {
    case .memory(let range), .device(let range): range
    default: nil
    }
  }

  /// Whether both name, at least in part, the same thing.
  public func clashes(with other: Resource) -> Bool {
    switch (self, other) {
    case (.memory(let mine), .memory(let theirs)), (.memory(let mine), .device(let theirs)),
      (.device(let mine), .memory(let theirs)), (.device(let mine), .device(let theirs)):
      mine.overlaps(theirs)
    case (.stream(let smmu, let id, let mask), .stream(let otherSMMU, let otherID, let otherMask)):
      smmu == otherSMMU && (id ^ otherID) & ~(mask | otherMask) == 0
    default:
      self == other
    }
  }
}

extension Resource: Comparable {
  /// Memory and registers by address, then interrupts, CPUs, streams by SMMU, providers, calls, colours.
  public static func < (left: Resource, right: Resource) -> Bool { left.key < right.key }

  private var key: (Int, String, UInt64, UInt64, UInt64) {
    switch self {
    case .memory(let range): (0, "", range.base, range.last, 0)
    case .device(let range): (1, "", range.base, range.last, 0)
    case .interrupt(let intid): (2, "", UInt64(intid), 0, 0)
    case .cpu(let affinity): (3, "", affinity, 0, 0)
    case .stream(let smmu, let id, let mask): (4, smmu, UInt64(id), UInt64(mask), 0)
    case .provider(let path): (5, path, 0, 0, 0)
    case .call(let functions, let mask, let value):
      (6, "", UInt64(functions.lowerBound) << 32 | UInt64(functions.upperBound), mask, value)
    case .colour(let number): (7, "", UInt64(bitPattern: Int64(number)), 0, 0)
    }
  }
}
