import Board
import Diagnostics
import Manifest
import Ownership

/// Makes the plan: resolves what a manifest names against a board, and chooses every address that it leaves out.
///
/// Nothing here depends on anything but the manifest, the tree and the sizes and headers of the payloads, so the same
/// input gives the same plan everywhere.
public struct Planner {
  private let manifest: Manifest
  private let board: Board
  private let resolver: DeviceResolver
  private var findings: [Finding] = []
  private var hasUnreadableInput = false
  /// The domain's device that would be the hypervisor's UART otherwise.
  private var takenConsole: DeviceDraft?

  private init(_ manifest: Manifest, _ board: Board) {
    self.manifest = manifest
    self.board = board
    resolver = DeviceResolver(board)
  }

  /// Plans `manifest` on `board`. Never fails: what cannot be planned is missing in the draft and has a finding.
  ///
  /// With a `lock` the plan has to come out as the lock says, from the same inputs; each difference is a finding.
  /// `files` are the manifest and what it includes (`ManifestReading.files`), which the lock holds the hashes of.
  public static func plan(
    _ manifest: Manifest, on board: Board, lock: LockFile? = nil, files: [String] = []
  ) -> Planning {
    var planner = Planner(manifest, board)
    let draft = planner.draft()
    let plan = planner.findings.containsError ? nil : Plan(draft)
    if let lock, let plan { planner.findings += lock.differences(from: plan, files: files) }
    return Planning(
      plan: planner.findings.containsError ? nil : plan, draft: draft, findings: planner.findings,
      hasUnreadableInput: planner.hasUnreadableInput)
  }

  private mutating func draft() -> Draft {
    let assigned = manifest.domains.map { collect(resolver.devices(of: $0)) }
    let providers = ProviderPlanner(manifest, board, resolver, devices: assigned)
    findings += providers.findings
    let devices = providers.devices
    let disabled = collect(resolver.disabledNodes(manifest.disabled))
    let hypervisor = HypervisorPlanner(manifest: manifest, board: board, resolver: resolver)
    let console = collect(hypervisor.console(assigned: Set(devices.joined().map(\.path)), disabled: disabled))
    if console == nil { takenConsole = devices.joined().first { $0.path == board.standardOutput } }
    var free = FreeMemory(ram, without: taken())
    checkRAM(ram)
    let cpus = CPUResolver(board: board)
    let named = manifest.domains.flatMap { cpus.cpus(of: $0).cpus.map(\.cpu) }
    let colouring = Colouring(manifest, cpus: named, board: board)
    let memory = ram.isEmpty ? nil : collect(hypervisor.memory(in: free, colouring))
    if let memory { free.take(memory.physical) }
    let placer = RegionPlacer(free: free, loaderRanges: board.description.loaderRanges, colouring: colouring)
    let placed = placer.place(manifest)
    if !ram.isEmpty { findings += placed.findings }
    let table = providers.table(console: console)
    var domains = manifest.domains.indices.map {
      domain($0, placed.regions[$0], devices[$0], console, table, placed.channels)
    }
    if !ram.isEmpty {
      let taken = placed.regions.joined().compactMap(\.region?.reach) + placed.channels.map(\.memory)
      findings += RestartPlanner(board: board, ram: ram).plan(&domains, free: free, taken: taken)
    }
    return Draft(
      manifest: manifest, board: board, ram: ram, disabled: disabled, hypervisorMemory: memory?.physical,
      hypervisorStripes: memory?.stripes,
      hypervisorConsole: console, hypervisorDevices: hypervisor.devices(console: console, domains: devices),
      domains: domains, channels: placed.channels, colouring: colouring, providerTable: table)
  }

  private var ram: [AddressRange] { manifest.memoryBanks?.map(\.range.value) ?? board.memory.map(\.range) }

  private mutating func domain(
    _ index: Int, _ regions: [RegionDraft], _ devices: [DeviceDraft], _ console: HypervisorConsole?,
    _ table: ProviderTable, _ channels: [ChannelPlan]
  ) -> DomainDraft {
    let declaration = manifest.domains[index]
    let cpus = collect(CPUResolver(board: board).cpus(of: declaration))
    let view = InterruptViewPlanner(board: board, console: console)
    var placer = PayloadPlacer(
      declaration, regions: regions.compactMap(\.region), loaderRanges: board.description.loaderRanges,
      avoided: board.description.uBoot.ranges(in: ram), treeSlot: TreeSlot.size(devices: devices.count, board: board))
    let payloads = placer.place()
    findings += payloads.findings
    hasUnreadableInput = hasUnreadableInput || payloads.hasUnreadableInput
    let controller = view.interruptController(cpuCount: cpus.count)
    let virtualConsole = virtualConsole(declaration, devices, view)
    return DomainDraft(
      declaration: declaration, index: index, cpus: cpus, memory: regions, devices: devices,
      reservedMemory: collect(ReservedMemoryResolver(board: board).grants(of: declaration)), console: virtualConsole,
      interruptController: controller, payloads: payloads.payloads,
      entry: payloads.entry,
      firmwareCalls: declaration.smc.map { FirmwareCall(functions: $0.value) }
        + table.firmwareCalls(of: declaration.name.value, on: board.tree),
      virtualDevices: virtualDevices(declaration, devices, regions, controller, virtualConsole, channels))
  }

  private mutating func virtualDevices(
    _ domain: DomainDeclaration, _ devices: [DeviceDraft], _ regions: [RegionDraft],
    _ controller: VirtualInterruptController?, _ console: VirtualConsole?, _ channels: [ChannelPlan]
  ) -> [VirtualDevice] {
    let requests =
      VirtualDeviceRequest.watchdog(of: domain)
      + VirtualDeviceRequest.all(of: domain.name.value, in: manifest, channels: channels)
    guard !requests.isEmpty, let controller else { return [] }
    let planner = VirtualDevicePlanner(
      board: board, memory: ram + regions.compactMap(\.region?.guest), controller: controller, console: console,
      devices: devices)
    if let placed = planner.place(requests) { return placed }
    findings.append(
      Finding(
        PartitionRules.noPlaceForVirtualDevices, .error,
        "domain \(domain.name.value) is to have \(requests.count) virtual devices, and there are not enough free interrupt "
          + "numbers or addresses for them",
        subjects: ["domains.\(domain.name.value)"], resource: ResourceReference(.interrupt),
        domains: [domain.name.value], spans: [domain.span],
        help: "give it fewer channels with a doorbell, or fewer devices"))
    return []
  }

  /// What domains cannot get: memory that something else keeps, and every enabled device's window.
  private func taken() -> [AddressRange] {
    var taken = board.reservedMemory.compactMap(\.range) + manifest.reserved.map(\.range.value)
    for device in board.devices where device.isEnabled { taken += device.registers + device.pciWindows }
    taken += board.interruptController?.windows ?? []
    return taken
  }

  private mutating func checkRAM(_ ram: [AddressRange]) {
    guard ram.isEmpty else { return }
    findings.append(
      Finding(
        PartitionRules.noRAM, .error,
        "the device tree \(board.treeFile) shows no RAM of any size, and the manifest has no `memory-banks:`",
        subjects: [board.name], resource: ResourceReference(.memory), spans: [manifest.board.span],
        help: "add what the board has, for example\nmemory-banks:\n  - { base: 0x40000000, size: 2 GiB }"))
  }

  /// A virtual console where the manifest asks for one, and by default where the domain has no serial port of its own.
  private mutating func virtualConsole(
    _ domain: DomainDeclaration, _ devices: [DeviceDraft], _ view: InterruptViewPlanner
  ) -> VirtualConsole? {
    switch domain.console?.value {
    case .some(.none): return nil
    case .virtual:
      // A UART that is named and cannot be used has a finding of its own.
      if view.virtualConsole == nil, view.console != nil || manifest.hypervisor.console == nil {
        findings.append(noConsole(domain, view.console))
      }
      return view.virtualConsole
    case nil:
      return devices.contains { $0.assignment.device.isSerialPort } ? nil : view.virtualConsole
    }
  }

  private func noConsole(_ domain: DomainDeclaration, _ console: HypervisorConsole?) -> Finding {
    let why =
      console.map { "\($0.path), the hypervisor's UART, has no interrupt" }
      ?? "the hypervisor has no UART to show it on"
      + (takenConsole.map { ": the board's console, \($0.path), is given to a domain" } ?? "")
    return Finding(
      PartitionRules.noUARTForConsole, .error, "domains.\(domain.name.value).console is virtual, and \(why)",
      subjects: ["domains.\(domain.name.value)", "hypervisor"], resource: ResourceReference(.console),
      domains: [domain.name.value],
      spans: [domain.console?.span, takenConsole?.span ?? manifest.hypervisor.console?.span],
      labels: [takenConsole == nil ? "the hypervisor's UART" : "the board's console"],
      help: "name a UART that no domain has under `hypervisor: console:`, or write `console: none`")
  }

  private mutating func collect<Value>(_ result: (Value, findings: [Finding])) -> Value {
    findings += result.findings
    return result.0
  }
}
