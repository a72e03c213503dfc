import Board
import Manifest

/// Who refers to which provider, collected device by device.
struct ProviderUses {
  /// What stands for a domain's name in the hypervisor's uses.
  static let hypervisor = "hypervisor"

  /// The providers in the order in which they were met.
  private(set) var paths: [String] = []
  private let board: Board
  private let policies: ProviderPolicies
  private var byDomains: [String: [ProviderUse]] = [:]
  private var byHypervisor: [String: [ProviderUse]] = [:]
  private var seen: Set<ProviderUse> = []

  init(_ board: Board, _ policies: ProviderPolicies) {
    self.board = board
    self.policies = policies
  }

  /// References of the domains' devices to a provider.
  func users(of path: String) -> [ProviderUse] { byDomains[path] ?? [] }

  /// References of the hypervisor's devices to a provider.
  func hypervisorUsers(of path: String) -> [ProviderUse] { byHypervisor[path] ?? [] }

  /// Adds what a device of a domain needs. `devices` are the paths of all of the domain's devices: a reference of one
  /// that came along counts as its own.
  mutating func add(_ device: String, of domain: String, devices: Set<String>) {
    for (edge, isDirect) in edges(from: device) {
      let isBelow = edge.from.hasPrefix(device + "/")
      let owner = isBelow ? NodePath.upwards(from: edge.from).first(where: devices.contains) ?? device : device
      let use = ProviderUse(domain: domain, device: owner, reference: edge, isDirect: isDirect)
      guard note(edge.to, use) else { continue }
      byDomains[edge.to, default: []].append(use)
    }
  }

  /// Adds what a device that the hypervisor drives needs.
  mutating func addHypervisor(_ device: String) {
    for (edge, isDirect) in edges(from: device) {
      let use = ProviderUse(domain: Self.hypervisor, device: device, reference: edge, isDirect: isDirect)
      guard note(edge.to, use) else { continue }
      byHypervisor[edge.to, default: []].append(use)
    }
  }

  private mutating func note(_ path: String, _ use: ProviderUse) -> Bool {
    guard seen.insert(use).inserted else { return false }
    if byDomains[path] == nil, byHypervisor[path] == nil { paths.append(path) }
    return true
  }

  /// The references to providers, each with whether it is met without passing a node that a policy covers.
  private func edges(from device: String) -> [(Dependency, isDirect: Bool)] {
    let all = DependencyClosure(board, of: device).edges.filter(\.isProvider)
    guard !policies.entries.isEmpty else { return all.map { ($0, true) } }
    let closure = DependencyClosure(board, of: device) { policies.entry(covering: $0) != nil }
    let direct = Set(closure.edges)
    return all.map { ($0, direct.contains($0)) }
  }
}
