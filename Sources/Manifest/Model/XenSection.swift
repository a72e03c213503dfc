import Diagnostics

/// `xen:`, the Xen that a manifest of backend Xen is for.
public struct XenSection: Sendable {
  /// Path of Xen's arm64 image.
  public let image: Located<String>
  /// Path of the configuration that it was built with.
  public let config: Located<String>?
}
