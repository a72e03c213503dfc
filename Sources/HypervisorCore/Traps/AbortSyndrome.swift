/// The ISS of a data or instruction abort (Arm DDI 0487, D19.2.40 "ISS encoding for an exception from a Data Abort").
public struct AbortSyndrome {
  /// Bits 24:0 of ESR_EL2; IL may stand above them.
  public let iss: UInt32

  /// Wraps the field.
  public init(iss: UInt32) { self.iss = iss }

  /// ISV: size, register and direction of the access are known.
  public var isValid: Bool { iss & (1 << 24) != 0 }
  /// SAS: bytes of the access: 1, 2, 4 or 8.
  public var size: Int { 1 << Int((iss >> 22) & 3) }
  /// SSE: a load extends the sign.
  public var extendsSign: Bool { iss & (1 << 21) != 0 }
  /// SRT: the register loaded or stored; 31 is the zero register.
  public var register: Int { Int((iss >> 16) & 31) }
  /// SF: that register is 64 bits wide.
  public var is64Bit: Bool { iss & (1 << 15) != 0 }
  /// FnV: FAR_EL2 is not valid.
  public var hasNoAddress: Bool { iss & (1 << 10) != 0 }
  /// S1PTW: the fault was on an access that the domain's own table walk made.
  public var isOnTableWalk: Bool { iss & (1 << 7) != 0 }
  /// WnR: a write.
  public var isWrite: Bool { iss & (1 << 6) != 0 }
  /// DFSC or IFSC.
  public var status: UInt32 { iss & 0x3F }

  /// Nothing is mapped there, and the syndrome says all of the access: ISV is 1, S1PTW 0, DFSC 0b0001LL.
  public var canBeEmulated: Bool { iss & (1 << 24 | 1 << 7 | 0x3C) == 1 << 24 | 0x04 }

  /// What can be emulated, and is an access of 32 bits without sign extension by an instruction of four bytes (IL, 25).
  public var isPlainWord: Bool {
    iss & (1 << 25 | 1 << 24 | 7 << 21 | 1 << 7 | 0x3C) == 1 << 25 | 1 << 24 | 2 << 22 | 0x04
  }

  /// A translation fault: nothing is mapped there.
  public var isTranslationFault: Bool { status & 0x3C == 0x04 }
  /// A permission fault.
  public var isPermissionFault: Bool { status & 0x3C == 0x0C }
  /// An access flag fault.
  public var isAccessFlagFault: Bool { status & 0x3C == 0x08 }
  /// A synchronous external abort, on the access or on a table walk.
  public var isExternalAbort: Bool { status == 0x10 || status & 0x3C == 0x14 }

  /// HPFAR_EL2 holds the page of this fault: translation and access flag faults, and every fault of stage 2 on a table
  /// walk (Arm DDI 0487, D19.2.59).
  public var hasPage: Bool { isOnTableWalk || isTranslationFault || isAccessFlagFault }

  /// An access of 32 bits without sign extension, as to nearly every device register.
  public var isWord: Bool { iss & (7 << 21) == 2 << 22 }

  /// Whether an address is a multiple of the bytes accessed.
  public func isAligned(_ address: UInt64) -> Bool { address & ((1 &<< UInt64((iss >> 22) & 3)) &- 1) == 0 }

  /// What a load puts into its register: `value` has the low `size` bytes.
  public func extended(_ value: UInt64) -> UInt64 {
    let bits = UInt64(size) &* 8
    var result = size == 8 ? value : value & ((1 &<< bits) &- 1)
    if extendsSign, size < 8 {
      let unused = 64 &- bits
      result = UInt64(bitPattern: Int64(bitPattern: result &<< unused) &>> Int64(unused))
    }
    return is64Bit ? result : result & 0xFFFF_FFFF
  }

  /// What a store writes: the low `size` bytes of the register.
  public func truncated(_ value: UInt64) -> UInt64 {
    size == 8 ? value : value & ((1 &<< (UInt64(size) &* 8)) &- 1)
  }
}
