import Foundation
import TestSupport

/// Small manifests for the tests; the kernel is the demonstration's.
enum Manifests {
  /// Two domains, `left` and `right`, on QEMU's board.
  static func twoDomains(cpus: (left: String, right: String) = ("[0]", "[1]"), extra: String = "") throws -> String {
    let kernel = Repository.root + "/.build/guests/cluster.bin"
    return """
      manifest: 1
      name: pair
      board: qemu-virt
      domains:
        left:
          cpus: \(cpus.left)
          memory: 16 MiB
          kernel: \(kernel)
        right:
          cpus: \(cpus.right)
          memory: 16 MiB
          kernel: \(kernel)
      \(extra)
      """
  }

  /// One domain with a kernel beside the manifest.
  static func oneDomain(kernel: String) throws -> String {
    """
    manifest: 1
    name: single
    board: qemu-virt
    domains:
      only:
        cpus: [0]
        memory: 16 MiB
        kernel: \(kernel)
    """
  }

  /// Every section that the runtime supports, with addresses of the author's own: much to get wrong.
  static func rich() throws -> String {
    let kernel = Repository.root + "/.build/guests/cluster.bin"
    return """
      manifest: 1
      name: rich
      board: qemu-virt
      hypervisor: { console: /pl011@9000000, memory: 4 MiB }
      reserved:
        - { base: 0x50000000, size: 1 MiB, owner: firmware, reason: "a test" }
      disabled: [ /pl061@9030000 ]
      domains:
        left:
          criticality: ASIL-B
          cpus: [0]
          memory: [{ size: 16 MiB, base: 0x60000000, guest: 0x60000000 }, { size: 2 MiB }]
          kernel: \(kernel)
          files: [ { path: \(kernel), load: 0x60800000 } ]
          cmdline: "quiet"
          devices: [ /pl031@9010000 ]
          console: virtual
          on-fault: stop-system
        right:
          criticality: QM
          cpus: [2, 1]
          memory: 64 MiB
          kernel: \(kernel)
          smc: [0xC2000001, 0xC2000010..0xC200001F]
          features: { pointer-authentication: off }
      channels:
        telemetry: { size: 64 KiB, writer: left, readers: [right] }
      expect:
        - { domain: left, console: "heartbeat 10", within: 30 s }
      """
  }
}
