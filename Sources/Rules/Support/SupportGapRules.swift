/// What the plan needs and the runtime cannot do yet. The gaps that the manifest alone shows are in its own rules.
enum SupportGapRules {
  /// Every rule of the family.
  static let all: [any Rule.Type] = [
    RuntimeDrivesBoard.self, RuntimeDrivesConsole.self, RuntimeTranslatesStreams.self, RuntimeForwardsInterrupts.self,
    RuntimeReachesFirmware.self,
  ]

  /// Where gaps of the runtime count.
  static let applicability = "Images for Bulkhead's own runtime; `board: generic` judges ownership alone."
}
