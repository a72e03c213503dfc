import Board
import DeviceTree
import Manifest
import Ownership

/// What can be worked out from the board, the manifest and the plan before any byte is looked at: made once, however many
/// images are held against it.
final class Groundwork: Sendable {
  /// RAM: the manifest's banks, or the tree's.
  let memory: AddressSet
  /// What firmware keeps, by the tree and the manifest, and what a domain may not have of it.
  let kept: KeptMemory
  /// The domains in the manifest's order.
  let domains: [ExpectedDomain]
  /// Every node that a domain could drive, in the tree's order.
  let devices: [KnownDevice]
  /// Lines of the GIC to the devices on them: INTID to indices of `devices`.
  let lines: [UInt32: [KnownDevice.Line]]
  /// Registers that belong to no domain ever.
  let guarded: [GuardedWindow]
  /// What a GICv2 gives each domain on its CPUs.
  let banked: BankedInterface?
  /// The channels, and who they are for.
  let channels: ExpectedChannels
  /// What the partition table has to say of the hardware.
  let hardware: ExpectedParameters
  /// What has to be in memory of the files that the manifest names.
  let payloads: ExpectedPayloads
  /// Providers and streams of the plan, and what bytes can show of them.
  let dependencies: PlannedDependencies
  /// Paths of the SMMUs by the first address of their registers.
  let smmus: [UInt64: String]
  /// SMMUs behind which a domain's device stands, by path.
  let translating: Set<String>

  private let positions: [String: Int]

  /// Looks everything up.
  init(board: Board, manifest: Manifest, plan: Ownership, payloads: [PayloadInput]) {
    let devices = KnownDevice.all(of: board, manifest, plan)
    self.devices = devices
    memory = AddressSet(manifest.memoryBanks?.map(\.range.value) ?? board.memory.map(\.range))
    let kept = KeptMemory(board, manifest)
    self.kept = kept
    lines = KnownDevice.lines(of: devices)
    guarded = GuardedWindow.all(of: board)
    banked = BankedInterface(board)
    channels = ExpectedChannels(manifest, plan)
    let hardware = ExpectedParameters(board, manifest, devices)
    self.hardware = hardware
    domains = manifest.domains.indices.map { index in
      ExpectedDomain(index, manifest, board, devices, kept: kept, console: hardware.console)
    }
    positions = Dictionary(
      manifest.domains.enumerated().map { ($1.name.value, $0) }, uniquingKeysWith: { first, _ in first })
    self.payloads = ExpectedPayloads(payloads, manifest)
    dependencies = PlannedDependencies(plan, board, devices)
    smmus = Dictionary(
      board.smmus.compactMap { smmu in smmu.registers.first.map { ($0.base, smmu.path) } },
      uniquingKeysWith: { first, _ in first })
    translating = Set(
      devices.filter { $0.gift != nil && $0.isUsable }.flatMap(\.claimedStreams).filter(\.isLive).map(\.smmu))
  }

  /// The domain of a name.
  func domain(_ name: String) -> ExpectedDomain? { positions[name].map { domains[$0] } }

  /// The part of a run that the hardware keeps apart by itself: a GICv2's virtual CPU interface at the physical one's
  /// place, exactly these pages and with nothing but a device's rights.
  func isBanked(_ run: MappedRun) -> Bool {
    guard let banked else { return false }
    return run.input == banked.guest && run.output == banked.physical && Stage2Grant(run.attributes) == .device
  }

  /// What a stage 2 shows of registers: everything that is no RAM, but for what the hardware banks.
  func registers(in stage2: TranslationReading) -> AddressSet {
    AddressSet(stage2.runs.lazy.filter { !self.memory.overlaps($0.output) && !self.isBanked($0) }.map(\.output))
  }

  /// The devices that a domain can drive by its stage 2: all pages of their registers are in its reach.
  func drivable(in pages: AddressSet) -> [Int] {
    devices.indices.filter { index in
      let windows = devices[index].pages
      return !windows.isEmpty && windows.allSatisfy(pages.contains)
    }
  }
}
