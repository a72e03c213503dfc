/// The rules on interrupts.
enum InterruptRules {
  /// Every rule of the family.
  static let all: [any Rule.Type] = [
    InterruptOnce.self, HypervisorInterruptsKept.self, InterruptSharedWithNobody.self, InterruptRouteKnown.self,
    CascadeOwned.self, DirectNeedsSystemRegisters.self, DirectHasOneCPU.self, DirectTakesNothingVirtual.self,
    DirectIsNotStopped.self, DirectOutlivesStopSystem.self, DirectIsMostCritical.self, DirectLeavesConsole.self,
  ]
}
