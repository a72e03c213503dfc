import DeviceTree
import Partition

/// `/chosen`: what a boot loader would tell the domain (devicetree specification, 3.6; Linux booting.rst).
enum ChosenNode {
  /// Command line, console and initrd, as far as there are any.
  static func node(_ domain: DomainPlan, hasConsole: Bool) -> TreeNode {
    var chosen = TreeNode("chosen")
    if let line = domain.declaration.commandLine?.value { chosen.set("bootargs", line) }
    if hasConsole { chosen.set("stdout-path", "serial0:115200n8") }
    if let initrd = domain.payloads.first(where: { $0.role == .initrd }) {
      chosen.set("linux,initrd-start", numbers: [initrd.guest.base])
      chosen.set("linux,initrd-end", numbers: [initrd.guest.base &+ initrd.fileSize])
    }
    return chosen
  }
}
