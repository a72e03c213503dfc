import Board
import Ownership
import Partition

/// Lists every claim on physical addresses that a draft and its board make.
struct ClaimCollector {
  private let draft: Draft
  /// Enabled devices that no domain has, that EL2 does not drive and that are not under `disabled:`.
  let unassigned: [Device]

  /// Looks at a draft.
  init(_ draft: Draft) {
    self.draft = draft
    var used = Set(draft.domains.flatMap { $0.devices.map(\.path) }).union(draft.disabled)
    if let console = draft.hypervisorConsole { used.insert(console.path) }
    unassigned = draft.board.devices.filter { $0.isEnabled && !used.contains($0.path) }
  }

  /// The claims: domains, channels, EL2, then what the board and the manifest keep out of use.
  var claims: [PhysicalClaim] {
    draft.domains.indices.flatMap(domain) + channels + hypervisor + kept
  }

  /// Whose a claim is, for the sweep: each domain, each channel and EL2's memory are parties; everything that nobody
  /// starts software in is one party, because its overlaps with itself are nobody's business.
  func party(of claimant: Claimant) -> Int {
    switch claimant {
    case .region(let domain, let index) where draft.domains[domain].memory[index].region?.stripes != nil:
      // Coloured regions share rows, never a page: their domains have no colour in common (BH-COL-003).
      draft.domains.count + draft.channels.count + 2
    case .region(let domain, _), .granted(let domain, _), .device(let domain, _): domain
    case .channel(let index): draft.domains.count + index
    case .hypervisor: draft.domains.count + draft.channels.count
    case .hypervisorDevice, .unassigned, .reserved, .kept: draft.domains.count + draft.channels.count + 1
    }
  }

  private func domain(_ domain: Int) -> [PhysicalClaim] {
    let draft = draft.domains[domain]
    var claims: [PhysicalClaim] = []
    for entry in draft.memory {
      guard let region = entry.region else { continue }
      claims.append(PhysicalClaim(claimant: .region(domain: domain, index: entry.index), pages: region.reach.pages))
    }
    for (index, grant) in draft.reservedMemory.enumerated() {
      claims.append(
        PhysicalClaim(claimant: .granted(domain: domain, index: index), pages: grant.region.physical.pages))
    }
    for (index, device) in draft.devices.enumerated() {
      claims += device.assignment.pages.map {
        PhysicalClaim(claimant: .device(domain: domain, index: index), pages: $0.pages)
      }
    }
    return claims
  }

  private var channels: [PhysicalClaim] {
    draft.channels.enumerated().map { PhysicalClaim(claimant: .channel($0), pages: $1.memory.pages) }
  }

  private var hypervisor: [PhysicalClaim] {
    var claims: [PhysicalClaim] = []
    if let memory = draft.hypervisorMemory { claims.append(PhysicalClaim(claimant: .hypervisor, pages: memory.pages)) }
    if let console = draft.hypervisorConsole {
      claims.append(PhysicalClaim(claimant: .hypervisorDevice(path: console.path), pages: console.registers.pages))
    }
    if let controller = draft.board.interruptController {
      claims += controller.windows.map {
        PhysicalClaim(claimant: .hypervisorDevice(path: controller.path), pages: $0.pages)
      }
    }
    return claims
  }

  private var kept: [PhysicalClaim] {
    var claims: [PhysicalClaim] = []
    for (index, device) in unassigned.enumerated() {
      claims += AddressSet((device.registers + device.pciWindows).map(\.pages)).runs.map {
        PhysicalClaim(claimant: .unassigned(index), pages: $0)
      }
    }
    for (index, reserved) in draft.board.reservedMemory.enumerated() {
      guard let range = reserved.range else { continue }
      claims.append(PhysicalClaim(claimant: .reserved(index), pages: range.pages))
    }
    for (index, reserved) in draft.manifest.reserved.enumerated() {
      claims.append(PhysicalClaim(claimant: .kept(index), pages: reserved.range.value.pages))
    }
    return claims
  }
}
