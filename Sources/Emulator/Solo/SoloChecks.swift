import Diagnostics

/// What keeps a domain from running alone at its own addresses.
enum SoloChecks {
  /// Every reason, in the order a person would mend them.
  static func check(_ domain: SoloDomain) -> [Finding] {
    [board(domain), memory(domain), cpus(domain), console(domain)].compactMap { $0 }
      + domain.pieces.compactMap { piece(domain, $0) }
  }

  /// A domain of another board than `virt` finds neither its interrupts nor its devices there.
  private static func board(_ domain: SoloDomain) -> Finding? {
    guard let controller = domain.interruptController, controller.distributor != SoloMachine.distributor else {
      return nil
    }
    return finding(
      domain, .interruptController,
      "its interrupt controller is at \(hexadecimal(controller.distributor)), but plain QEMU's is at "
        + "\(hexadecimal(SoloMachine.distributor)), and the board's devices are not there either",
      help: "run it on the hypervisor, with `bulkhead run` and no `--domain`")
  }

  private static func memory(_ domain: SoloDomain) -> Finding? {
    guard
      domain.memoryStart < SoloMachine.ramBase || domain.memoryEnd <= domain.memoryStart
        || domain.memoryEnd - SoloMachine.ramBase > SoloMachine.ramLimit
    else { return nil }
    return finding(
      domain, .memory,
      "its memory, \(hexadecimal(domain.memoryStart)) to \(hexadecimal(domain.memoryEnd)), is not where plain QEMU has "
        + "RAM: from \(hexadecimal(SoloMachine.ramBase))",
      help: "give `memory` of domains.\(domain.name) a `guest:` address from 0x40000000 on")
  }

  private static func cpus(_ domain: SoloDomain) -> Finding? {
    let limit = domain.interruptController?.version == 2 ? SoloMachine.cpuLimitOfGICv2 : SoloMachine.cpuLimit
    guard !(1...limit).contains(domain.cpuCount) else { return nil }
    return finding(
      domain, .cpu, "it has \(domain.cpuCount) CPUs; plain QEMU takes 1 to \(limit)",
      help: "change `cpus` of domains.\(domain.name)")
  }

  private static func console(_ domain: SoloDomain) -> Finding? {
    guard let console = domain.console, console != SoloMachine.console else { return nil }
    return finding(
      domain, .console,
      "its console is at \(hexadecimal(console.base)) with interrupt \(console.intid), but plain QEMU's is at "
        + "\(hexadecimal(SoloMachine.console.base)) with interrupt \(SoloMachine.console.intid)",
      help: "run it on the hypervisor, with `bulkhead run` and no `--domain`")
  }

  /// QEMU refuses to load two things to one place, and its own tree is one of them.
  private static func piece(_ domain: SoloDomain, _ piece: SoloPiece) -> Finding? {
    let end = SoloMachine.ramBase + SoloMachine.ownTreeSize
    guard piece.address < end, !piece.bytes.isEmpty else { return nil }
    return finding(
      domain, .payload,
      "its \(piece.name) is at \(hexadecimal(piece.address)), below \(hexadecimal(end)), where plain QEMU puts its own "
        + "device tree",
      help:
        "give `memory` of domains.\(domain.name) a `base:` of \(hexadecimal(SoloMachine.ramBase + (2 << 20))) or more")
  }

  private static func finding(
    _ domain: SoloDomain, _ kind: ResourceKind, _ reason: String, help: String
  ) -> Finding {
    Finding(
      EmulatorRules.solo, .error, "domain \(domain.name) cannot run alone: \(reason)",
      subjects: ["domains.\(domain.name)"], resource: ResourceReference(kind), domains: [domain.name], help: help)
  }

  private static func hexadecimal(_ value: UInt64) -> String { "0x" + String(value, radix: 16) }
}
