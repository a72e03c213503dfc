import BulkheadKit
import TestSupport

extension Repository {
  /// The same for the library.
  static let project = Project(root: root)

  /// The demonstration's manifest.
  static let cockpit = root + "/boards/qemu-virt/cockpit.yaml"
}

extension Repository {
  /// Every board that comes with a demonstration.
  static let boards = ["imx8mp-evk", "qemu-virt", "qemu-virt-gicv2", "rpi4", "versal-virt", "zcu102"]
}
