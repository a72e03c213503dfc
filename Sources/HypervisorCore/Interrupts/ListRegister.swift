/// ICH_LR<n>_EL2 (Arm IHI 0069, 12.4.4).
public struct ListRegister: Equatable {
  /// The register's value.
  public var rawValue: UInt64

  /// Wraps a value of the register.
  public init(rawValue: UInt64) { self.rawValue = rawValue }

  /// A pending interrupt of Group 1.
  ///
  /// - Parameters:
  ///   - line: the INTID, both the domain's and, for a hardware interrupt, the physical one.
  ///   - isHardware: its end deactivates the physical interrupt.
  ///   - tellsEnd: its end raises the maintenance interrupt; only for those that are not hardware's.
  public init(pending line: UInt32, priority: UInt8, isHardware: Bool, tellsEnd: Bool) {
    var value: UInt64 = 1 << 62 | 1 << 60 | UInt64(priority) << 48 | UInt64(line)
    if isHardware {
      value |= 1 << 61 | UInt64(line) << 32
    } else if tellsEnd {
      value |= 1 << 41
    }
    rawValue = value
  }

  /// vINTID.
  public var line: UInt32 { UInt32(truncatingIfNeeded: rawValue) }
  /// Priority.
  public var priority: UInt8 { UInt8(truncatingIfNeeded: rawValue >> 48) }
  /// State 0: it holds nothing.
  public var isEmpty: Bool { rawValue >> 62 == 0 }
  /// State 1: not acknowledged yet, so it can still be taken back.
  public var isOnlyPending: Bool { rawValue >> 62 == 1 }
  /// States 1 and 3.
  public var isPending: Bool { rawValue & (1 << 62) != 0 }
  /// States 2 and 3.
  public var isActive: Bool { rawValue & (1 << 63) != 0 }
  /// EOI: not hardware's, and its end raises the maintenance interrupt.
  public var tellsEnd: Bool { rawValue & (1 << 61 | 1 << 41) == 1 << 41 }
  /// HW.
  public var isHardware: Bool { rawValue & (1 << 61) != 0 }
}
