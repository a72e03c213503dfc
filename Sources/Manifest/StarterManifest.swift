import Diagnostics

/// The manifest that `bulkhead init BOARD` writes: short, commented, and ready to run with the demonstration guest.
public struct StarterManifest: Sendable {
  /// The board's name.
  public let board: String
  /// How many CPUs the board has.
  public let cpus: Int
  /// How much RAM the board has, in bytes.
  public let memory: UInt64
  /// The node of the UART for EL2; `nil` leaves the choice to the device tree.
  public let console: String?
  /// The demonstration guest, relative to where the manifest will lie.
  public let kernel: String
  /// The JSON Schema, relative to where the manifest will lie, for editors that look for it; `nil` for none.
  public let schema: String?

  /// Describes the board that a manifest is for.
  public init(board: String, cpus: Int, memory: UInt64, console: String?, kernel: String, schema: String? = nil) {
    self.board = board
    self.cpus = cpus
    self.memory = memory
    self.console = console
    self.kernel = kernel
    self.schema = schema
  }

  /// The manifest, ending with a line break: two domains, or one on a board with a single CPU.
  public var text: String {
    ([head, hypervisor, firstDomain] + (cpus > 1 ? [secondDomain] : []) + [expectations]).joined(separator: "\n")
  }

  private var head: String {
    let modeline = schema.map { "# yaml-language-server: $schema=\($0)\n" } ?? ""
    return modeline + """
      # A first system for the board \(board). From the folder of this file:
      #
      #   bulkhead check FILE      is it safe, and who owns what?
      #   bulkhead run FILE        boots it in QEMU, one labelled console for each domain; Ctrl-C ends it
      #   bulkhead test FILE       boots it and waits for what stands under `expect`
      #   bulkhead devices \(board)   what else could be given to a domain
      manifest: 1
      name: first
      board: \(board)

      """
  }

  private var hypervisor: String {
    guard let console else {
      return """
        # Bulkhead's own console is the one that the device tree names. To choose another:
        # hypervisor: { console: /path/of/a/uart }

        """
    }
    return """
      # The UART that Bulkhead itself drives. The domains' consoles appear on it, each line with its domain's name.
      hypervisor:
        console: \(quotedIfNeeded(console))

      """
  }

  private var firstDomain: String {
    """
    # Each domain gets CPUs, memory and devices that no other can reach. Addresses are chosen for you.
    domains:
      critical:
        criticality: ASIL-B      # QM, ASIL-A to ASIL-D; may be left out
        cpus: [0]                # counted from 0; this board has \(cpus)
        memory: \(domainMemory)
        kernel: \(quotedIfNeeded(kernel))   # the demonstration guest; yours is an arm64 Image, ELF or raw file
        console: virtual         # or give the domain a UART of its own under `devices:`
        on-fault: halt           # a fault stops this domain; the other goes on

    """
  }

  private var secondDomain: String {
    """
      comfort:
        criticality: QM
        cpus: [\((1..<max(2, min(cpus, 16))).map(String.init).joined(separator: ", "))]
        memory: \(domainMemory)
        kernel: \(quotedIfNeeded(kernel))
        console: virtual

    # Memory that one domain writes and others read:
    # channels:
    #   telemetry: { size: 4 KiB, writer: critical, readers: [comfort] }

    """
  }

  private var expectations: String {
    let domains = cpus > 1 ? ["critical", "comfort"] : ["critical"]
    let lines = domains.map { "  - { domain: \($0), console: \"heartbeat 10\", within: 60 s }\n" }
    return "# What `bulkhead test` waits for.\nexpect:\n" + lines.joined()
  }

  /// An eighth of the RAM in whole MiB, at least 1 and at most 64.
  private var domainMemory: String { "\(min(64, max(1, memory >> 23))) MiB" }

  private func quotedIfNeeded(_ text: String) -> String {
    let plain = text.unicodeScalars.allSatisfy { scalar in
      scalar.isASCII
        && (Character(scalar).isLetter || Character(scalar).isNumber || "/._-@".unicodeScalars.contains(scalar))
    }
    let isPlain = plain && YAMLWord.meaning(of: text) == nil && !text.hasPrefix("-") && !text.hasPrefix("@")
    return isPlain ? text : JSONValue.string(text).text
  }
}
