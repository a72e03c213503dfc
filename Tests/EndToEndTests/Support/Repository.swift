import BulkheadKit
import TestSupport

extension Repository {
  /// The same for the library.
  static let project = Project(root: root)

  /// The demonstration's manifest.
  static let cockpit = root + "/boards/qemu-virt/cockpit.yaml"
}
