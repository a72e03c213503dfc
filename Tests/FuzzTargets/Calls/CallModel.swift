/// What PSCI 1.1 (Arm DEN0022) and the SMC Calling Convention (Arm DEN0028) say of the calls of one domain whose CPUs
/// may do no more than the manifest says.
struct CallModel {
  /// Where a CPU is, by PSCI.
  enum Power: Equatable {
    case off
    case pending(entry: UInt64, context: UInt64)
    case on
  }

  /// What a call comes to.
  enum Outcome: Equatable {
    case value(Int64)
    case standby, turnOff, systemOff, systemReset, firmware
  }

  struct Region {
    var first: UInt64
    var last: UInt64
  }

  struct Allowance {
    var functions: ClosedRange<UInt32>
    var mask: UInt64
    var value: UInt64
  }

  var power: [Power]
  var memory: [Region]
  var allowances: [Allowance]
  var hasFirmware: Bool
  /// The domain is stopped: nobody may begin, though calls made before that was seen are still answered.
  var isStopped = false
  /// Calls answered with NOT_SUPPORTED that were for firmware.
  var refused = 0

  /// Functions of PSCI that a domain has, by number; those with a 64-bit form.
  private static let plain: Set<UInt32> = [0x0, 0x1, 0x2, 0x3, 0x4, 0x6, 0x8, 0x9, 0xA, 0x12]
  private static let wide: Set<UInt32> = [0x1, 0x3, 0x4, 0x12]
  private static let workarounds: Set<UInt32> = [0x8000_8000, 0x8000_7FFF, 0x8000_3FFF]

  private static func hasPSCI(_ function: UInt32) -> Bool {
    switch function >> 8 {
    case 0x84_0000: plain.contains(function & 0xFF)
    case 0xC4_0000: wide.contains(function & 0xFF)
    default: false
    }
  }

  /// Decides a call and does what it does to the domain's CPUs.
  mutating func call(_ function: UInt32, _ x1: UInt64, _ x2: UInt64, _ x3: UInt64) -> Outcome {
    let isWide = function >> 30 & 1 == 1
    let arguments = [x1, x2, x3].map { isWide ? $0 : $0 & 0xFFFF_FFFF }
    if Self.hasPSCI(function) { return psci(function & 0xFF, arguments, asked: UInt32(truncatingIfNeeded: x1)) }
    switch function {
    case 0x8000_0000: return .value(0x1_0001)
    case 0x8000_0001:
      let asked = UInt32(truncatingIfNeeded: x1)
      if Self.workarounds.contains(asked), hasFirmware { return .firmware }
      return .value(asked == 0x8000_0000 || asked == 0x8000_0001 ? 0 : -1)
    default: break
    }
    if hasFirmware, Self.workarounds.contains(function) || isAllowed(function, x1) { return .firmware }
    refused += 1
    return .value(-1)
  }

  private func isAllowed(_ function: UInt32, _ x1: UInt64) -> Bool {
    // A fast call (31) of the standard secure services (29:24 = 4) whose number is PSCI's, whatever 23:16 say.
    let isPSCI = function >> 31 == 1 && function >> 24 & 0x3F == 4 && function & 0xFFFF <= 0x1F
    return !isPSCI && allowances.contains { $0.functions.contains(function) && x1 & $0.mask == $0.value }
  }

  private mutating func psci(_ number: UInt32, _ arguments: [UInt64], asked: UInt32) -> Outcome {
    switch number {
    case 0x0: return .value(0x1_0001)
    case 0x1: return .standby
    case 0x2: return .turnOff
    case 0x3: return .value(turnOn(arguments[0], arguments[1], arguments[2]))
    case 0x4:
      guard arguments[0] < UInt64(power.count), arguments[1] == 0 else { return .value(-2) }
      return .value(affinityInfo(Int(arguments[0])))
    case 0x6: return .value(2)
    case 0x8: return .systemOff
    case 0xA: return .value(Self.hasPSCI(asked) || asked == 0x8000_0000 ? 0 : -1)
    default: return .systemReset
    }
  }

  private func affinityInfo(_ cpu: Int) -> Int64 {
    switch power[cpu] {
    case .on: 0
    case .off: 1
    case .pending: 2
    }
  }

  private mutating func turnOn(_ target: UInt64, _ entry: UInt64, _ context: UInt64) -> Int64 {
    guard target < UInt64(power.count) else { return -2 }
    guard entry % 4 == 0, memory.contains(where: { $0.first <= entry && entry <= $0.last }) else { return -9 }
    switch power[Int(target)] {
    case .on: return -4
    case .pending: return -5
    case .off:
      power[Int(target)] = .pending(entry: entry, context: context)
      return 0
    }
  }
}
