extension ClaimBook {
  /// What is claimed of domains' device trees.
  static let trees: [any ProofClaim.Type] = [
    TreeFormClaim.self, TreeNodesClaim.self, TreeProcessorsClaim.self, TreeMemoryClaim.self, TreeControllerClaim.self,
    TreeChannelsClaim.self, TreeBootClaim.self, TreeRegistersClaim.self, TreeInterruptsClaim.self,
    TreePropertiesClaim.self, AuthoredTreeClaim.self,
  ]
}
