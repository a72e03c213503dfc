import Board
import DeviceTree
import Diagnostics
import Manifest

/// Finds out which hardware the domains' devices depend on, gives the part with an owner to that owner, and says what
/// becomes of the rest.
struct ProviderPlanner {
  /// The domains' devices in the manifest's order; those that a policy brings come last.
  private(set) var devices: [[DeviceDraft]]
  /// What was wrong with the manifest's entries.
  private(set) var findings: [Finding] = []
  private let manifest: Manifest
  private let board: Board
  private let resolver: DeviceResolver
  private let policies: ProviderPolicies
  private var uses: ProviderUses

  /// Resolves the policies and gives each owner what is its own.
  init(_ manifest: Manifest, _ board: Board, _ resolver: DeviceResolver, devices: [[DeviceDraft]]) {
    self.manifest = manifest
    self.board = board
    self.resolver = resolver
    self.devices = devices
    (policies, findings) = ProviderPolicies.resolve(manifest, on: board.tree)
    uses = ProviderUses(board, policies)
    for entry in policies.entries { assign(entry) }
    for index in self.devices.indices { collect(index, from: 0) }
    for index in self.devices.indices { assignChannels(index) }
  }

  /// The providers with everybody who depends on them, once the hypervisor's own devices are known.
  func table(console: HypervisorConsole?) -> ProviderTable {
    var uses = uses
    for path in hypervisorDevices(console) { uses.addHypervisor(path) }
    let drivers = drivers
    let rates = ClockRates(board.tree)
    let paths = uses.paths.compactMap { board.tree.node(at: $0) }.sorted { $0.index < $1.index }.map(\.path)
    return ProviderTable(
      paths.map { path in
        let decision = decision(on: path, drivers)
        let users = uses.users(of: path)
        let hypervisorUsers = uses.hypervisorUsers(of: path)
        return ProviderPlan(
          path: path, policy: decision.policy, declaration: decision.entry?.declaration,
          declaredPath: decision.entry?.path, users: users, hypervisorUsers: hypervisorUsers,
          rates: rates.rates(of: path, for: users, entry: decision.entry),
          isFirmware: FirmwareTransport.of(path, on: board.tree) != nil)
      }, policies)
  }

  /// The policy that covers a node. A device of a domain that is nearer than any entry is that domain's; if the entry gives
  /// it to the same domain, the entry says so.
  private func decision(
    on path: String, _ drivers: [String: String]
  ) -> (policy: ProviderPolicy, entry: ProviderPolicies.Entry?) {
    let entry = policies.entry(covering: path)
    for above in NodePath.upwards(from: path) {
      if let entry, entry.path == above { return (entry.declaration.policy.value, entry) }
      if let domain = drivers[above] {
        return (.ownedBy(domain), entry.flatMap { $0.declaration.policy.value == .ownedBy(domain) ? $0 : nil })
      }
    }
    return (.bootConfigured, nil)
  }

  /// The first domain that has each device.
  private var drivers: [String: String] {
    var drivers: [String: String] = [:]
    for (domain, devices) in zip(manifest.domains, devices) {
      for device in devices where drivers[device.path] == nil { drivers[device.path] = domain.name.value }
    }
    return drivers
  }

  /// What EL2 drives: its UART, and the SMMUs that assigned devices' streams go through.
  private func hypervisorDevices(_ console: HypervisorConsole?) -> [String] {
    let streams = devices.joined().flatMap(\.assignment.device.streams).filter(\.isLive).map(\.smmu)
    let used = Set(streams)
    return [console?.path, board.interruptController?.path].compactMap { $0 }
      + board.smmus.map(\.path).filter(used.contains)
  }
}

/// What policies add to the domains' devices.
extension ProviderPlanner {
  /// Gives a provider that is `owned-by` a domain to that domain, with everything below it.
  private mutating func assign(_ entry: ProviderPolicies.Entry) {
    guard case .ownedBy(let name) = entry.declaration.policy.value,
      let index = manifest.domains.firstIndex(where: { $0.name.value == name })
    else { return }
    // An interface to firmware is no hardware; what its messages travel through becomes the owner's with the uses.
    guard FirmwareTransport.of(entry.path, on: board.tree) == nil else { return }
    add(entry.path, to: index, as: entry.declaration.path)
  }

  /// Gives the mailboxes and the shared memory of a firmware that is asked by messages to the one domain that asks.
  private mutating func assignChannels(_ index: Int) {
    let name = manifest.domains[index].name.value
    let start = devices[index].count
    for path in uses.paths {
      guard let entry = policies.entry(covering: path), let transport = FirmwareTransport.of(path, on: board.tree),
        !transport.channels.isEmpty
      else { continue }
      let askers = Set(uses.users(of: path).map(\.domain))
      switch entry.declaration.policy.value {
      case .firmware where askers == [name]: break
      case .ownedBy(name): break
      default: continue
      }
      for channel in transport.channels { add(channel, to: index, as: entry.declaration.path) }
    }
    collect(index, from: start)
  }

  private mutating func add(_ path: String, to index: Int, as reference: Located<String>) {
    let declaration = DeviceDeclaration(
      path: Located(path, at: reference.span), hasUnprotectedDMA: nil, reason: nil, properties: [])
    switch resolver.provider(declaration, of: manifest.domains[index].name.value) {
    case .success(let drafts):
      let present = Set(devices[index].map(\.path))
      devices[index] += drafts.filter { !present.contains($0.path) }
    case .failure(let failure): findings.append(failure.finding)
    }
  }

  /// Notes what the devices from `start` on depend on. Those that came along with a device above need not be asked again.
  private mutating func collect(_ index: Int, from start: Int) {
    let own = Set(devices[index].map(\.path))
    for device in devices[index][start...] where device.isDeclaredItself {
      uses.add(device.path, of: manifest.domains[index].name.value, devices: own)
    }
    // A bus that is named but is no device itself still brings its devices along.
    let named = Set(devices[index][start...].filter(\.isDeclaredItself).map(\.path))
    for device in devices[index][start...] where !named.contains(device.declaredPath) {
      uses.add(device.path, of: manifest.domains[index].name.value, devices: own)
    }
  }
}
