/// ICH_LR<n>_EL2 (Arm IHI 0069, 12.4.4). GICH_LR<n> of a GICv2 has the same fields in half the room, and for an SGI the
/// CPU that sent it in bits 34:32, which are 0 on a GICv3.
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

  /// From GICH_LR<n> (Arm IHI 0048, 5.3.9): VirtualID in bits 9:0, PhysicalID, or EOI and CPUID, in 19:10, five bits of
  /// Priority in 27:23, State in 29:28, HW in 31.
  @inline(__always)
  public init(gicv2 value: UInt32) {
    let value = UInt64(value)
    rawValue =
      value & 0x3FF | (value & 0xF_FC00) << 22 | (value & 0xF80_0000) << 28 | (value & 0x3000_0000) << 34
      | (value & 0x8000_0000) << 30
  }

  /// GICH_LR<n>. Grp1 (30) is 0: what enables interrupts of a domain on a GICv2 is bit 0 of its control registers.
  public var gicv2: UInt32 {
    @inline(__always) get {
      UInt32(
        truncatingIfNeeded: rawValue & 0x3FF | (rawValue >> 22) & 0xF_FC00 | (rawValue >> 28) & 0xF80_0000
          | (rawValue >> 34) & 0x3000_0000 | (rawValue >> 30) & 0x8000_0000)
    }
  }

  /// The CPU of the domain that sent it, for an SGI on a GICv2.
  public var source: UInt32 {
    get { UInt32(truncatingIfNeeded: rawValue >> 32) & 7 }
    set { rawValue = rawValue & ~(7 << 32) | UInt64(newValue & 7) << 32 }
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
