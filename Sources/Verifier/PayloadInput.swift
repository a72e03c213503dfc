import Foundation

/// A file that the manifest names for a domain.
public struct PayloadInput: Sendable {
  /// The domain.
  public let domain: String
  /// `kernel`, `initrd`, `file` or `device-tree`, as in the load map.
  public let role: String
  /// The file as the manifest names it.
  public let name: String
  /// Its contents.
  public let bytes: Data
  /// Where the manifest says that it goes (guest address); `nil` where it leaves that open.
  public let load: UInt64?

  /// Names a file.
  public init(domain: String, role: String, name: String, bytes: Data, load: UInt64? = nil) {
    self.domain = domain
    self.role = role
    self.name = name
    self.bytes = bytes
    self.load = load
  }
}
