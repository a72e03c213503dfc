/// The rules on what a domain sees at its guest addresses.
enum GuestRules {
  /// Every rule of the family.
  static let all: [any Rule.Type] = [
    GuestRegionsApart.self, GuestInterruptControllerFree.self, GuestConsoleFree.self, GuestMemoryHoldsNoRegisters.self,
    GuestAddressSize.self,
  ]
}
