import Board
import Foundation
import Ownership
import Partition

/// Everything that is not the attacker's, by the plan and the board's tree: what it learns as a file, so that no address
/// is written down in it. HostileGuest's ForeignMap reads the file.
struct ForeignMap: Equatable {
  /// Whose it is, and what; the numbers are those of the file.
  enum Kind: UInt64 {
    case neighbourMemory = 1
    case hypervisorMemory, firmwareMemory, unassignedMemory, channel
    case neighbourDevice, hypervisorDevice, unassignedDevice
  }

  /// A run of addresses of one owner.
  struct Entry: Equatable {
    let range: AddressRange
    let kind: Kind
  }

  /// The file's size, whatever it holds, so that the plan is the same with and without it.
  static let fileSize = 64 << 10
  /// Runs of more pages are sampled: one page in each of so many parts.
  private static let mostPages: UInt64 = 1 << 20
  private static let sampledParts: UInt64 = 1 << 16

  let entries: [Entry]

  init(plan: Plan, without attacker: String) {
    var entries: [Entry] = []
    var claimed: [AddressRange] = []
    for (resource, claim) in plan.ownership.entries {
      guard let (range, isMemory) = Self.addresses(resource) else { continue }
      claimed.append(range)
      if let kind = Self.kind(claim.owner, isMemory: isMemory, attacker: attacker) {
        entries.append(Entry(range: range, kind: kind))
      }
    }
    func add(_ ranges: [AddressRange], _ kind: Kind) {
      let free = AddressSet(ranges.map(\.pages)).subtracting(AddressSet(claimed))
      entries += free.runs.map { Entry(range: $0, kind: kind) }
      claimed += ranges.map(\.pages)
    }
    add(plan.ram, .unassignedMemory)
    add(plan.board.interruptController?.windows ?? [], .hypervisorDevice)
    add(plan.board.smmus.flatMap(\.registers), .hypervisorDevice)
    add(plan.board.devices.flatMap { $0.registers + $0.pciWindows }, .unassignedDevice)
    self.entries = entries.sorted { $0.range < $1.range }
  }

  private static func addresses(_ resource: Resource) -> (AddressRange, isMemory: Bool)? {
    switch resource {
    case .memory(let range): (range, true)
    case .device(let range): (range, false)
    default: nil
    }
  }

  private static func kind(_ owner: Owner, isMemory: Bool, attacker: String) -> Kind? {
    switch owner {
    case .domain(attacker): nil
    case .domain: isMemory ? .neighbourMemory : .neighbourDevice
    case .hypervisor: isMemory ? .hypervisorMemory : .hypervisorDevice
    case .firmware: .firmwareMemory
    case .channel: .channel
    case .nobody: isMemory ? .unassignedMemory : .unassignedDevice
    }
  }

  /// As the guest reads it.
  var file: [UInt8] {
    let numbers = [UInt64(entries.count)] + entries.flatMap { [$0.range.base, $0.range.last, $0.kind.rawValue] }
    let bytes = Array("BULKMAP1".utf8) + numbers.flatMap { number in (0..<8).map { UInt8(number >> ($0 * 8) & 0xFF) } }
    return bytes + [UInt8](repeating: 0, count: max(0, Self.fileSize - bytes.count))
  }

  /// How many reads and writes every page of a kind comes to: none where the domain has a device of its own at the same
  /// guest address, and no read where it may read.
  func attempts(of kind: Kind, by domain: DomainPlan, reading channel: AddressRange?) -> UInt64 {
    let own =
      (domain.interruptController?.windows ?? [])
      + [domain.console.flatMap { AddressRange(base: $0.base, size: 4096) }].compactMap { $0 }
    return entries.filter { $0.kind == kind }.reduce(0) { sum, entry in
      let pages = entry.range.size / 4096
      guard pages <= Self.mostPages else { return sum + 2 * Self.sampledParts }
      let shadowed = AddressSet(own).intersection(entry.range).reduce(0) { $0 + $1.size / 4096 }
      let readable = channel.flatMap { $0.intersection(entry.range) }.map { $0.size / 4096 } ?? 0
      return sum + 2 * (pages - shadowed) - readable
    }
  }
}
