import HostileSupport

/// A call to whoever stands above, and what came back.
struct Call {
  /// x0; meaningless if there was a trap.
  let value: UInt64
  /// The instruction itself was undefined.
  let trap: Trap?

  /// PSCI's and SMCCC's NOT_SUPPORTED, in 32 or in 64 bits (Arm DEN 0028, section 7; Arm DEN 0022, section 5.2.2).
  var isNotSupported: Bool { trap?.isUndefined == true || UInt32(truncatingIfNeeded: value) == 0xFFFF_FFFF }
  /// Any error of PSCI: a small negative number.
  var isError: Bool {
    trap?.isUndefined == true || Int32(truncatingIfNeeded: value) < 0 && Int32(truncatingIfNeeded: value) >= -9
  }

  /// By HVC #0.
  static func hvc(_ function: UInt64, _ first: UInt64 = 0, _ second: UInt64 = 0, _ third: UInt64 = 0) -> Call {
    let value = hostile_hvc(function, first, second, third)
    return Call(value: value, trap: Trap.take())
  }

  /// By SMC #0.
  static func smc(_ function: UInt64, _ first: UInt64 = 0, _ second: UInt64 = 0, _ third: UInt64 = 0) -> Call {
    let value = hostile_smc(function, first, second, third)
    return Call(value: value, trap: Trap.take())
  }
}
