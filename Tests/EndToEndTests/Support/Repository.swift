import BulkheadKit
import Foundation

/// The project that the tests belong to.
enum Repository {
  /// Its root folder.
  static let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    .deletingLastPathComponent().deletingLastPathComponent().standardizedFileURL.path

  /// The same for the library.
  static let project = Project(root: root)

  /// The demonstration's manifest.
  static let cockpit = root + "/boards/qemu-virt/cockpit.yaml"
}
