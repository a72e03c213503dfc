import HypervisorCore

extension DomainHandle {
  /// A GICv2's CPU interface is memory that has no traps for single registers; a rule refuses direct interrupts there.
  var isDirect: Bool { false }
}

enum DirectInterrupts {
  static func begin(_ virtualCPU: VirtualCPU<Machine>) {}
  static func end(_ virtualCPU: VirtualCPU<Machine>) {}
  static func wait() {}
  static func carryOut(_: SystemRegisterAccess, _: TrapFrame, _: VirtualCPU<Machine>) -> Bool { false }
}
