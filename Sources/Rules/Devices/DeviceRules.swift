/// The rules on devices.
enum DeviceRules {
  /// Every rule of the family.
  static let all: [any Rule.Type] = [
    DeviceOnce.self, PageOnce.self, DeviceEnabled.self, RegistersOutsideMemory.self, HypervisorConsoleKept.self,
    UsedTreeWellFormed.self, HypervisorIsSilent.self, ExclusiveLineOnce.self, ResetAndPowerOnce.self, PHYOnce.self,
    BoardStopKept.self,
  ]
}
