import Foundation

/// `bulkhead run --domain NAME`: one domain alone in plain QEMU, for people who develop a guest.
public struct SoloBoot: Sendable {
  private let plan: Plan
  private let domain: DomainPlan

  /// Picks a domain of a plan by name.
  public init(_ name: String, of plan: Plan) throws(InputError) {
    guard let domain = plan.domains.first(where: { $0.name == name }) else {
      let names = plan.domains.map(\.name)
      throw InputError(
        Finding(
          KitRules.knownDomain, .error, "there is no domain \(Quotation.quoted(name)) in \(plan.manifest.file)",
          subjects: ["domains.\(name)"], resource: ResourceReference(.domain, name),
          help: Suggestions.help(for: name, among: names) ?? "the domains are: " + names.joined(separator: ", ")))
    }
    self.plan = plan
    self.domain = domain
  }

  /// QEMU's arguments; the pieces are written into `folder`.
  public func arguments(folder: String) throws -> [String] {
    try SoloRun.arguments(
      for: try description(), cpuModel: cpuModel, usesKVM: SoloRun.canUseKVM, folder: folder)
  }

  /// The model that the board's own QEMU arguments name.
  private var cpuModel: String {
    let arguments = plan.board.description.qemuArguments
    guard let option = arguments.firstIndex(of: "-cpu"), option + 1 < arguments.count else { return "cortex-a53" }
    return arguments[option + 1]
  }

  private func description() throws -> SoloDomain {
    let channels = plan.channels.filter { channel in
      ([channel.declaration.writer] + channel.declaration.readers).contains { $0.value == domain.name }
    }
    let memory = (domain.memory + domain.reservedMemory).map(\.guest) + channels.map(\.memory)
    return SoloDomain(
      name: domain.name, cpuCount: domain.cpus.count, memoryStart: memory.map(\.base).min() ?? 0,
      memoryEnd: (memory.map(\.last).max() ?? 0) &+ 1, console: domain.console.map { ($0.base, $0.intid) },
      interruptController: domain.interruptController.map { ($0.version.rawValue, $0.distributor.base) },
      entry: domain.entry, treeAddress: domain.treeAddress, pieces: try pieces())
  }

  private func pieces() throws -> [SoloPiece] {
    let tree = domain.declaration.deviceTree == nil ? try DomainTreeWriter.tree(for: domain, in: plan) : []
    return try domain.payloads.map { payload in
      let bytes =
        if let file = payload.file {
          try InputFile.bytes(of: file, offset: payload.offset, size: payload.fileSize)
        } else {
          tree
        }
      return SoloPiece(
        name: "\(domain.name)-\(payload.role.rawValue)-\(String(payload.guest.base, radix: 16)).bin",
        address: payload.guest.base, bytes: bytes)
    }
  }
}
