/// What the Arm Architecture Reference Manual (Arm DDI 0487) says of a trap's syndrome, bit by bit.
struct TrapModel {
  let syndrome: UInt64

  /// Bits `high` to `low` of the syndrome.
  func bits(_ high: Int, _ low: Int) -> UInt64 { Self.bits(syndrome, high, low) }

  static func bits(_ value: UInt64, _ high: Int, _ low: Int) -> UInt64 {
    (low...high).reduce(0) { $0 | (value >> UInt64($1) & 1) << UInt64($1 - low) }
  }

  /// The fault status codes of a data abort by name (DDI 0487, ISS encoding for an exception from a Data Abort, DFSC).
  enum Status {
    case addressSize, translation, accessFlag, permission, externalAbort, externalAbortOnWalk, other
  }

  var status: Status {
    switch bits(5, 0) {
    case 0b000000...0b000011: .addressSize
    case 0b000100...0b000111: .translation
    case 0b001000...0b001011: .accessFlag
    case 0b001100...0b001111: .permission
    case 0b010000: .externalAbort
    case 0b010100...0b010111: .externalAbortOnWalk
    default: .other
    }
  }

  /// What a load of the abort's form leaves in its register when memory answers `value`.
  func loaded(_ value: UInt64) -> UInt64 {
    let isWide = bits(15, 15) == 1
    let wide: UInt64 =
      switch (bits(23, 22), bits(21, 21)) {
      case (0, 0): UInt64(UInt8(truncatingIfNeeded: value))
      case (0, _): UInt64(bitPattern: Int64(Int8(truncatingIfNeeded: value)))
      case (1, 0): UInt64(UInt16(truncatingIfNeeded: value))
      case (1, _): UInt64(bitPattern: Int64(Int16(truncatingIfNeeded: value)))
      case (2, 0): UInt64(UInt32(truncatingIfNeeded: value))
      case (2, _): UInt64(bitPattern: Int64(Int32(truncatingIfNeeded: value)))
      default: value
      }
    return isWide ? wide : UInt64(UInt32(truncatingIfNeeded: wide))
  }

  /// What a domain gets for a system register that traps: the closed list of what it may do; all else is undefined.
  enum Register: Equatable {
    case softwareInterrupt, identification(Int), revision, auxiliaryIdentification
    case zero, registerEnable, setWay, undefined
  }

  /// The ISS of a trapped MSR or MRS: Op0 21:20, Op2 19:17, Op1 16:14, CRn 13:10, Rt 9:5, CRm 4:1, Direction 0.
  var register: Register {
    let isRead = bits(0, 0) == 1
    switch (bits(21, 20), bits(16, 14), bits(13, 10), bits(4, 1), bits(19, 17)) {
    case (3, 0, 12, 11, 5): return isRead ? .undefined : .softwareInterrupt
    case (3, 0, 12, 11, 6), (3, 0, 12, 11, 7): return isRead ? .undefined : .zero
    case (3, 0, 12, 12, 5): return .registerEnable
    case (3, 0, 1, 0, 1), (2, 0, _, _, _), (2, 3, _, _, _): return .zero
    case (3, 0, 0, 0, 6) where isRead: return .revision
    case (3, 1, 0, 0, 7) where isRead: return .auxiliaryIdentification
    case (1, 0, 7, 6, 2), (1, 0, 7, 10, 2), (1, 0, 7, 14, 2): return .setWay
    case (3, 0, 0, let crm, let op2) where crm >= 1 && crm <= 7:
      return isRead ? .identification(Int(crm * 8 + op2)) : .undefined
    default: return .undefined
    }
  }
}
