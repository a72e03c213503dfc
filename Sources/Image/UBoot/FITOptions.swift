/// How a FIT image is made.
public struct FITOptions: Sendable {
  /// What its configuration is signed with; `nil` for hashes alone.
  let key: SigningKey?

  /// Asks for a FIT image, signed with `key` if there is one.
  public init(key: SigningKey? = nil) { self.key = key }
}
