import Diagnostics
import Manifest

/// A device of a domain with the entry of `devices:` that brought it along.
public struct DeviceDraft: Sendable {
  /// The device and its pages.
  public let assignment: DeviceAssignment
  /// The entry: the device's own, or that of a node above it.
  public let declaration: DeviceDeclaration
  /// Path of the node that the entry names.
  public let declaredPath: String

  /// Where the manifest names it.
  public var span: SourceSpan? { declaration.path.span }
  /// The device's path.
  public var path: String { assignment.device.path }
  /// Whether the entry names this very device.
  public var isDeclaredItself: Bool { declaredPath == path }
}
