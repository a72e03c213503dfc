import ImageFormat
import Synchronization

// PSCI for the domain's own CPUs, the queries of SMCCC, and the calls that the manifest lets through. The function
// identifier is the low half of x0.
extension VirtualCPU {
  /// PSCI_VERSION: 1.1.
  public static var psciVersion: UInt64 { 0x1_0001 }

  /// Decides a call.
  ///
  /// - Parameters:
  ///   - function: the identifier.
  ///   - arguments: x1 to x3; of a call in the SMC32 form only the low halves count.
  public func call(_ function: UInt32, _ x1: UInt64, _ x2: UInt64, _ x3: UInt64) -> CallOutcome {
    let isWide = function & PSCIFunction.wide != 0
    let mask: UInt64 = isWide ? .max : 0xFFFF_FFFF
    switch function {
    case PSCIFunction.version: return .answer(Self.psciVersion)
    case PSCIFunction.cpuOn, PSCIFunction.cpuOn | PSCIFunction.wide:
      return .answer(turnOn(x1 & mask, entry: x2 & mask, context: x3 & mask))
    case PSCIFunction.cpuOff: return .turnOff
    // A deeper state is carried out as standby, which the architecture allows (DEN0022, 5.4.1).
    case PSCIFunction.cpuSuspend, PSCIFunction.cpuSuspend | PSCIFunction.wide: return .standby
    case PSCIFunction.affinityInfo, PSCIFunction.affinityInfo | PSCIFunction.wide:
      return .answer(affinityInfo(x1 & mask, level: x2 & mask))
    case PSCIFunction.migrateInfoType: return .answer(2)  // no Trusted OS that would have to migrate
    case PSCIFunction.systemOff: return .systemOff
    case PSCIFunction.systemReset, PSCIFunction.systemReset2, PSCIFunction.systemReset2 | PSCIFunction.wide:
      return .systemReset
    case PSCIFunction.features:
      let asked = UInt32(truncatingIfNeeded: x1)
      return .answer(PSCIFunction.isImplemented(asked) ? PSCIStatus.success : PSCIStatus.notSupported)
    case SMCCCFunction.version: return .answer(0x1_0001)
    case SMCCCFunction.archFeatures: return archFeatures(UInt32(truncatingIfNeeded: x1))
    default:
      if partition.hasFirmware, SMCCCFunction.isWorkaround(function) || isAllowed(function, x1) { return .firmware }
      domain.state.refusedCalls.wrappingAdd(1, ordering: .relaxed)
      return .answer(PSCIStatus.notSupported)
    }
  }

  /// SMCCC_ARCH_FEATURES: for a workaround the firmware knows; EL2 has the version and the query itself.
  func archFeatures(_ asked: UInt32) -> CallOutcome {
    if partition.hasFirmware, SMCCCFunction.isWorkaround(asked) { return .firmware }
    let isOwn = asked == SMCCCFunction.version || asked == SMCCCFunction.archFeatures
    return .answer(isOwn ? PSCIStatus.success : PSCIStatus.notSupported)
  }

  /// The plan lets the function through with this first argument, and firmware could not take it for PSCI. All of x1
  /// counts in both forms of a call: it is what the firmware gets. At most `Limits.callRangesPerDomain` rounds.
  func isAllowed(_ function: UInt32, _ x1: UInt64) -> Bool {
    if PSCIFunction.mayBe(function) { return false }
    for index in 0..<domain.record.callRangeCount {
      let range = partition.callRange(domain.record.firstCallRange &+ index)
      if function >= range.first, function <= range.last, x1 & range.argumentMask == range.argumentValue { return true }
    }
    return false
  }

  /// CPU_ON (DEN0022, 5.6).
  func turnOn(_ target: UInt64, entry: UInt64, context: UInt64) -> UInt64 {
    guard let target = virtualIndex(target) else { return PSCIStatus.invalidParameters }
    guard entry & 3 == 0, isInMemory(entry) else { return PSCIStatus.invalidAddress }
    let status = domain.cpu(target).shared.power.turnOn(entry: entry, context: context) {
      domain.state.status.enter(target)
    }
    if status == PSCIStatus.success { ask(target, .start) }
    return status
  }

  /// AFFINITY_INFO (DEN0022, 5.7), of single CPUs.
  func affinityInfo(_ target: UInt64, level: UInt64) -> UInt64 {
    guard let target = virtualIndex(target), level == 0 else { return PSCIStatus.invalidParameters }
    return domain.cpu(target).shared.power.affinityInfo
  }

  /// The CPU with an affinity that the domain knows: Aff0 alone, the other fields and bits 0.
  func virtualIndex(_ affinity: UInt64) -> Int? {
    affinity < UInt64(domain.cpuCount) ? Int(affinity) : nil
  }

  /// A guest address in the domain's RAM.
  func isInMemory(_ address: UInt64) -> Bool {
    for index in 0..<domain.record.regionCount {
      let region = partition.region(domain.record.firstRegion &+ index)
      if address >= region.guest, address - region.guest < region.size { return true }
    }
    return false
  }
}
