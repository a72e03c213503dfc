import Board
import Diagnostics
import Manifest
import Ownership

/// Chooses memory for the pristine copies of domains that restart: what is left once everything else has its place.
struct RestartPlanner {
  /// The board.
  let board: Board
  /// Its RAM.
  let ram: [AddressRange]

  /// Gives each domain with `on-fault: restart` its plan; a domain for whose copies there is no room has a finding.
  ///
  /// - Parameters:
  ///   - free: memory that neither the board nor EL2 has.
  ///   - taken: what domains and channels have of it.
  func plan(_ domains: inout [DomainDraft], free: FreeMemory, taken: [AddressRange]) -> [Finding] {
    var space = free
    for range in taken + board.description.loaderRanges { space.take(range) }
    var findings: [Finding] = []
    for index in domains.indices where domains[index].declaration.onFault.value == .restart {
      let domain = domains[index]
      let sizes = Self.sizes(domain)
      let size = sizes.reduce(0) { Self.sum($0, $1.pages) }
      guard let base = place(max(size, Granule.page), &space),
        let copies = Self.copies(sizes, from: base)
      else {
        findings.append(noRoom(domain, size, space))
        continue
      }
      domains[index].restart = RestartPlan(
        limit: domain.declaration.restart?.limit.value ?? RestartPlan.defaultLimit,
        window: Self.window(domain.declaration.restart), copies: copies, steps: steps(domain))
    }
    return findings
  }

  /// What resets the domain's devices, in the order of the board's description.
  private func steps(_ domain: DomainDraft) -> [ResetStepPlan] {
    board.description.deviceResets.flatMap { reset -> [ResetStepPlan] in
      let device = domain.devices.first { $0.path == reset.path }?.assignment.device
      guard let window = device?.registers.first else { return [] }
      return reset.steps.map { step in
        ResetStepPlan(
          address: window.base &+ step.offset, mask: step.mask, value: step.value, patience: step.patience)
      }
    }
  }

  /// In whole milliseconds; no longer than EL2 can count at 1 GHz, which is 34 years.
  private static func window(_ declaration: RestartDeclaration?) -> UInt64 {
    guard let within = declaration?.within.value else { return RestartPlan.defaultWindow }
    return min(1 << 40, within / 1000 + (within % 1000 == 0 ? 0 : 1))
  }

  /// What has to be copied: payloads with bytes, and the slot of a generated tree.
  private static func sizes(_ domain: DomainDraft) -> [(payload: Int, size: UInt64, pages: UInt64)] {
    domain.payloads.enumerated().compactMap { index, payload in
      let size = payload.role == .deviceTree && payload.file == nil ? payload.guest.size : payload.fileSize
      return size == 0 ? nil : (index, size, size.roundedUp(to: Granule.page) ?? .max)
    }
  }

  private static func sum(_ first: UInt64, _ second: UInt64) -> UInt64 {
    let (sum, overflow) = first.addingReportingOverflow(second)
    return overflow ? .max : sum
  }

  private static func copies(
    _ sizes: [(payload: Int, size: UInt64, pages: UInt64)], from base: UInt64
  ) -> [PristineCopy]? {
    var next = base
    var copies: [PristineCopy] = []
    for (payload, size, pages) in sizes {
      guard let memory = AddressRange(base: next, size: pages) else { return nil }
      copies.append(PristineCopy(payload: payload, memory: memory, size: size))
      next = memory.end ?? base
    }
    return copies
  }

  /// The lowest place, from a block on where it is as large as one; where U-Boot works only if there is no other.
  private func place(_ size: UInt64, _ space: inout FreeMemory) -> UInt64? {
    let alignment = size >= Granule.block2MiB ? Granule.block2MiB : Granule.page
    var outside = space
    for range in board.description.uBoot.ranges(in: ram) { outside.take(range) }
    let found =
      outside.lowest(size: size, alignment: alignment) ?? outside.lowest(size: size, alignment: Granule.page)
      ?? space.lowest(size: size, alignment: Granule.page)
    guard let found else { return nil }
    space.take(found)
    return found.base
  }

  private func noRoom(_ domain: DomainDraft, _ size: UInt64, _ space: FreeMemory) -> Finding {
    Finding(
      PartitionRules.noRoomForPristine, .error,
      "\(domain.subject) restarts, so that the hypervisor keeps a second copy of its payloads, which takes "
        + "\(size.byteCount), and the largest run of RAM that is left has \(space.largestRun.byteCount)",
      subjects: [domain.subject, "hypervisor"], resource: ResourceReference(.memory), domains: [domain.name],
      spans: [domain.declaration.onFault.span ?? domain.declaration.span],
      help: "make a domain's memory smaller by \(size.byteCount) or more, or write `on-fault: halt`")
  }
}
