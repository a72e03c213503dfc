import Ownership

/// How a domain is restarted.
public struct RestartPlan: Hashable, Sendable {
  /// How many restarts are allowed …
  public let limit: Int
  /// … within so many milliseconds.
  public let window: UInt64
  /// The pristine copies, in the order of the payloads that have bytes.
  public let copies: [PristineCopy]
  /// What resets its devices, in order.
  public let steps: [ResetStepPlan]

  /// The pages of the registers that the steps use, in address order.
  public var stepPages: [AddressRange] {
    AddressSet(steps.compactMap { AddressRange(base: $0.address, size: 4)?.pages }).runs
  }

  /// `restart:` of a domain that may restart and does not say how often: a kernel that fails as soon as it has booted
  /// comes to its end within minutes, one that fails once an hour goes on.
  public static let defaultLimit = 3
  /// In milliseconds.
  public static let defaultWindow: UInt64 = 60_000
}
