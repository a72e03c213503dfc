/// What happens to hardware that devices of several domains depend on.
public enum ProviderPolicy: Hashable, Sendable {
  /// It stays as the boot loader left it.
  case bootConfigured
  /// One domain drives it.
  case ownedBy(String)
  /// Requests go to firmware.
  case firmware
}
