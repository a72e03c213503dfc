import Board
import Diagnostics
import Manifest
import Ownership

/// A domain as the manifest asks for it, on this board.
struct ExpectedDomain: Sendable {
  /// A window of its guest address space in which nothing may be mapped, so that every access traps.
  struct TrappedWindow: Sendable {
    /// Guest addresses.
    let guest: AddressRange
    /// What a message calls it.
    let name: String
  }

  /// Position in the manifest.
  let index: Int
  /// What the manifest says of it.
  let declaration: DomainDeclaration
  /// Its CPUs in its own order; `nil` for one that the board does not have.
  let cpus: [BoardCPU?]
  /// 0 for QM to 4 for ASIL D.
  let criticality: UInt32
  /// 1 if its faults stop every domain, 2 if they restart it.
  let onFault: UInt32
  /// How many restarts are allowed within how many milliseconds; 0 where it never restarts.
  let restartLimit: UInt64
  let restartWindow: UInt64
  /// Bit 0 pointer authentication, bit 1 the performance monitors, bit 2 SVE, bit 3 self-hosted debug.
  let features: UInt32
  /// INTID of the performance monitors; 0 for a domain that was not given them.
  let pmuINTID: UInt32
  /// Bit 0: it takes its interrupts at EL1.
  let flags: UInt64
  /// The whole pages of its devices' registers.
  let devicePages: AddressSet
  /// Reserved memory that it was granted.
  let grantedMemory: AddressSet
  /// Page and INTID of its virtual PL011; 0 for none.
  let consoleBase: UInt64
  let consoleINTID: UInt32
  /// Guest addresses of the virtual GIC; 0 where it has no such part.
  let distributor: UInt64
  let redistributor: UInt64
  /// Where the virtual hardware stands.
  let trapped: [TrappedWindow]
  /// Identification registers that it has to see as what all its CPUs have in common: register to value.
  let identification: [Int: UInt64]

  /// Its name.
  var name: String { declaration.name.value }
  /// Where the manifest speaks of it.
  var span: SourceSpan { declaration.span }

  /// Works out what the bytes have to say of a domain.
  init(
    _ index: Int, _ manifest: Manifest, _ board: Board, _ devices: [KnownDevice], kept: KeptMemory,
    console: ExpectedConsole?
  ) {
    let declaration = manifest.domains[index]
    self.index = index
    self.declaration = declaration
    let cpus = declaration.cpus.map { Self.cpu($0.value, board) }
    self.cpus = cpus
    criticality = UInt32(declaration.criticality?.value.level ?? 0)
    switch declaration.onFault.value {
    case .halt: onFault = 0
    case .stopSystem: onFault = 1
    case .restart: onFault = 2
    }
    (restartLimit, restartWindow) = Self.restarts(declaration)
    features = Self.features(declaration)
    pmuINTID = features & 2 != 0 ? board.performanceMonitorINTID ?? 0 : 0
    flags = declaration.interrupts.value == .direct ? 1 : 0
    let own = devices.filter { $0.gift?.domain == index && $0.isUsable }
    devicePages = AddressSet(own.flatMap(\.pages))
    grantedMemory = AddressSet(kept.entries.filter { $0.domain == index }.map(\.pages))
    let hasConsole = Self.hasConsole(declaration, own, console)
    consoleBase = hasConsole ? console?.registers.base.roundedDown(to: Granule.page) ?? 0 : 0
    consoleINTID = hasConsole ? console?.intid ?? 0 : 0
    let gic = board.interruptController
    distributor = gic?.distributor.base ?? 0
    redistributor = gic?.version == .three ? gic?.redistributors.first?.base ?? 0 : 0
    trapped = Self.trapped(
      distributor: distributor, redistributor: redistributor, console: consoleBase, isGICv2: gic?.version == .two,
      cpuCount: cpus.count)
    identification = Self.identification(cpus.compactMap { $0 }, board)
  }

  /// The CPU that a manifest names; `nil` for one that the board does not have.
  static func cpu(_ reference: CPUReference, _ board: Board) -> BoardCPU? {
    switch reference {
    case .index(let index): return board.cpus.first { $0.index == index }
    case .node(let name):
      let path = board.tree.resolve(name)?.path ?? "/cpus/" + name
      return board.cpus.first { $0.path == path }
    }
  }

  /// Without `restart:` three within a minute; a time in whole milliseconds, and 34 years at most.
  private static func restarts(_ declaration: DomainDeclaration) -> (limit: UInt64, window: UInt64) {
    guard declaration.onFault.value == .restart else { return (0, 0) }
    guard let restart = declaration.restart else { return (3, 60_000) }
    let within = restart.within.value
    return (UInt64(restart.limit.value), min(PartitionLimits.window, within / 1000 + (within % 1000 == 0 ? 0 : 1)))
  }

  /// Pointer authentication unless the manifest takes it away, everything else only where it gives it.
  private static func features(_ declaration: DomainDeclaration) -> UInt32 {
    var features: UInt32 = 1
    for entry in declaration.features {
      let bit: UInt32 =
        switch entry.feature.value {
        case .pointerAuthentication: 1
        case .pmu: 2
        case .sve: 4
        case .debug: 8
        }
      features = entry.isOn.value ? features | bit : features & ~bit
    }
    return features
  }

  /// A virtual console where the manifest asks for one, and by default where the domain has no serial port of its own; it
  /// takes a UART of the hypervisor's with an interrupt.
  private static func hasConsole(
    _ declaration: DomainDeclaration, _ devices: [KnownDevice], _ console: ExpectedConsole?
  ) -> Bool {
    guard let console, console.intid != 0 else { return false }
    switch declaration.console?.value {
    case .some(.none): return false
    case .virtual: return true
    case nil:
      return !devices.contains {
        SerialKind.isSerialPort(path: $0.device.path, compatible: $0.device.compatible)
      }
    }
  }

  /// A GICv3's distributor has 64 KiB and a redistributor 128 KiB (Arm IHI 0069, 12.8 and 12.10), a GICv2's distributor
  /// 4 KiB (Arm IHI 0048B, 4.1.2), a PL011 4 KiB (Arm DDI 0183, 3.1).
  private static func trapped(
    distributor: UInt64, redistributor: UInt64, console: UInt64, isGICv2: Bool, cpuCount: Int
  ) -> [TrappedWindow] {
    let windows: [(UInt64, UInt64, String)] = [
      (distributor, isGICv2 ? 4 << 10 : 64 << 10, "virtual distributor"),
      (redistributor, UInt64(cpuCount) * (128 << 10), "virtual redistributors"),
      (console, Granule.page, "virtual console"),
    ]
    return windows.compactMap { base, size, name in
      guard base != 0, let guest = AddressRange(base: base, size: size) else { return nil }
      return TrappedWindow(guest: guest, name: name)
    }
  }

  /// What CPUs of several types have in common; empty for CPUs of one type, whose registers a domain sees as they are.
  private static func identification(_ cpus: [BoardCPU], _ board: Board) -> [Int: UInt64] {
    guard Set(cpus.map(\.compatible.first)).count > 1 else { return [:] }
    let known = cpus.compactMap { board.identification(of: $0) }
    guard known.count == cpus.count else { return [:] }
    let common = CPUIdentification.common(known)
    return Dictionary(uniqueKeysWithValues: common.map { ($0.key.rawValue, $0.value) })
  }
}
