import Foundation
import TestSupport

/// Manifests in which infotainment restarts.
enum RestartManifest {
  /// Boards with a GICv3, and with a GICv2, PSCI and spin tables.
  static let boards = ["qemu-virt", "qemu-virt-gicv2", "zcu102", "rpi4"]

  private static let guests = Repository.root + "/.build/guests/"

  /// A board's `cockpit.yaml`, whose Linux may restart once and is expected to come up again after its panic.
  static func linux(on board: String) throws -> String {
    try cockpit(board, limit: 1)
      + """

        - { domain: infotainment, console: "3 CPUs, online 0-2", within: 300 s, after-previous: true }
        - { domain: infotainment, console: "as of the cluster's heartbeat", within: 120 s, after-previous: true }
        - { domain: cluster, console: heartbeat, within: 60 s, after-previous: true }

      """.replacing("    - {", with: "  - {")
  }

  /// The same board with the guest that looks for what its last run left in Linux' place, on three CPUs with its devices.
  static func patterns(on board: String) throws -> String {
    let text = try cockpit(board, limit: 15)
    var lines = text.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
    lines.removeAll { $0.hasPrefix("    initrd:") }
    for index in lines.indices where lines[index].hasPrefix("    cmdline:") { lines[index] = "    cmdline: two-cpus" }
    // Small enough to be searched and filled word by word with the caches off.
    for index in lines.indices where lines[index].contains("memory: ") {
      for size in ["1 GiB", "512 MiB"] { lines[index] = lines[index].replacing(size, with: "16 MiB") }
    }
    for index in lines.indices where lines[index].contains("cache/linux") {
      lines[index] = "    kernel: \(guests)restart.bin"
    }
    if let channels = lines.firstIndex(of: "channels:") {
      lines.insert("  runs: { size: 4 KiB, writer: infotainment, readers: [cluster] }", at: channels + 1)
    }
    if let expect = lines.firstIndex(of: "expect:") { lines.removeSubrange(expect...) }
    return lines.joined(separator: "\n") + """

      expect:
        - { domain: infotainment, console: "runs were all clean: 7", within: 600 s }
        - { domain: cluster, console: heartbeat, within: 60 s, after-previous: true }
        - { domain: cluster, console: heartbeat, within: 60 s, after-previous: true }

      """
  }

  private static func cockpit(_ board: String, limit: Int) throws -> String {
    let text = try String(contentsOfFile: BoardBoot.manifest(of: board), encoding: .utf8)
      .replacing("../../", with: Repository.root + "/")
    guard let start = text.range(of: "\n  infotainment:") else { return text }
    let head = text[..<start.lowerBound]
    var own = text[start.lowerBound...].split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
    own.removeAll { $0.hasPrefix("    restart:") }
    if let line = own.firstIndex(where: { $0.hasPrefix("    on-fault:") }) {
      own[line] = "    on-fault: restart\n    restart: { limit: \(limit), within: 600 s }"
    }
    return head + own.joined(separator: "\n")
  }

  /// The cluster beside a small infotainment guest with these arguments, which may restart so often.
  static func small(_ arguments: String, limit: Int, within: String, expect: String) -> String {
    """
    manifest: 1
    name: restarts
    board: qemu-virt
    domains:
      cluster: { criticality: ASIL-B, cpus: [0], memory: 32 MiB, kernel: "\(guests)cluster.bin" }
      infotainment:
        criticality: QM
        cpus: [1]
        memory: 2 MiB
        kernel: "\(guests)restart.bin"
        cmdline: "\(arguments)"
        on-fault: restart
        restart: { limit: \(limit), within: \(within) }
    channels:
      telemetry: { size: 4 KiB, writer: cluster, readers: [infotainment] }
      runs: { size: 4 KiB, writer: infotainment, readers: [cluster] }
    expect:
    \(expect)

    """
  }
}
