/// The rules on cache colours.
enum ColourRules {
  /// Every rule of the family.
  static let all: [any Rule.Type] = [
    CacheKnown.self, CacheDivisible.self, ColouringFitsEveryCluster.self, ColourInRange.self, ColourOnce.self,
    EverybodyColoured.self, ColouredBase.self, UnprotectedDMAIsUncoloured.self, GrantedMemoryIsUncoloured.self,
    RestartIsUncoloured.self,
  ]
}
