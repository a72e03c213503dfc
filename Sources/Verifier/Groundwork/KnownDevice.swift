import Board
import DeviceTree
import Diagnostics
import Manifest
import Ownership

/// A node of the board's tree that a domain could drive, with what the manifest says of it.
struct KnownDevice: Sendable {
  /// An interrupt of a device.
  struct Line: Sendable {
    /// Index of the device.
    let device: Int
    /// Whether the tree says that it is edge triggered.
    let isEdge: Bool
  }

  /// Why a domain has it.
  struct Gift: Sendable {
    /// Index of the domain in the manifest.
    let domain: Int
    /// The entry that says so.
    let span: SourceSpan?
    /// The reason of `dma: unprotected`, where that stands there.
    let unprotectedReason: String?
    /// Whether `dma: unprotected` stands there.
    let isUnprotected: Bool
  }

  /// The node with its registers, interrupts and streams.
  let device: Device
  /// The whole pages that its registers touch, PCI windows included.
  let pages: [AddressRange]
  /// Whether it stands under `disabled:`.
  let isDisabled: Bool
  /// Which domain has it by the manifest; `nil` for nobody.
  let gift: Gift?

  /// Whether the tree enables it and the manifest does not forbid it to everybody.
  var isUsable: Bool { device.isEnabled && !isDisabled }

  /// The streams that its DMA can carry: its own, and those of a node above it if it can start DMA at all.
  var claimedStreams: [DMAStream] { device.streams.filter { device.isDMAMaster || $0.source == device.path } }

  /// Every device of a board.
  ///
  /// A domain has what its `devices:` name with everything enabled below, and what an entry of `providers:` brings: the
  /// provider's own registers where it is `owned-by` the domain, and the mailboxes and shared memory (`mboxes`,
  /// `shmem`) of an interface to firmware. Who has the latter where the policy is `firmware` follows from whose devices
  /// depend on it; that is taken from the plan, and the comparison with the plan is then no proof of it.
  static func all(of board: Board, _ manifest: Manifest, _ plan: Ownership) -> [KnownDevice] {
    let disabled = Set(
      manifest.disabled.compactMap { board.tree.resolve($0.value) }.flatMap { board.tree.subtree(of: $0) }.map(\.path))
    let gifts = GiftList(board, manifest, plan)
    return board.devices.map { device in
      KnownDevice(
        device: device, pages: AddressSet((device.registers + device.pciWindows).map(\.pages)).runs,
        isDisabled: disabled.contains(device.path), gift: gifts[device.path])
    }
  }

  /// The devices on each shared line.
  static func lines(of devices: [KnownDevice]) -> [UInt32: [Line]] {
    var lines: [UInt32: [Line]] = [:]
    for (index, known) in devices.enumerated() where known.isUsable {
      for interrupt in known.device.interrupts where interrupt.kind == .shared {
        lines[interrupt.intid, default: []].append(Line(device: index, isEdge: interrupt.isEdge))
      }
    }
    return lines
  }
}
