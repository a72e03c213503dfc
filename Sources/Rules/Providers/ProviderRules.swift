/// The rules on hardware that devices depend on.
enum ProviderRules {
  /// Every rule of the family.
  static let all: [any Rule.Type] = [
    SharedProviderSettled.self, PolicyNamesProvider.self, OwnedProviderCriticality.self, OwnedProviderReachable.self,
    FirmwarePolicyPossible.self, FirmwareChannelOnce.self, FirmwareObjectShared.self,
    ClockRateUsed.self, ProviderLeftAlone.self, PinGroupsKnown.self, ClockRateKnown.self,
  ]
}
