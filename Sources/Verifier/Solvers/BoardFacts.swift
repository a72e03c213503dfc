import Board
import Manifest
import Ownership

/// What the problems take from the board's tree and the manifest: none of it was made by the code that wrote the image.
struct BoardFacts {
  /// RAM.
  let banks: [(range: AddressRange, what: String)]
  /// Whole pages that are set aside, by whom, and the domain that they are granted to.
  let reserved: [(range: AddressRange, what: String, grantedTo: [String])]
  /// Pages of the GIC and the SMMUs that no domain may reach.
  let forbidden: [(range: AddressRange, what: String)]
  /// GICv2: the virtual CPU interface, of which the hardware has one for each CPU at the same address.
  let banked: AddressRange?
  /// The channels of shared pages.
  let channels: [ChannelDeclaration]

  init(_ context: VerificationContext) {
    let (board, manifest) = (context.board, context.manifest)
    banks =
      manifest.memoryBanks.map { $0.map { ($0.range.value, "memory-banks of the manifest") } }
      ?? board.memory.map { ($0.range, $0.path) }
    let grants = manifest.domains.flatMap { domain in
      domain.reservedMemory.compactMap { board.tree.resolve($0.value)?.path }.map { ($0, domain.name.value) }
    }
    reserved =
      board.reservedMemory.compactMap { entry in
        entry.range.map { range in
          (range.pages, entry.path, grants.filter { $0.0 == entry.path }.map(\.1))
        }
      } + manifest.reserved.map { ($0.range.value.pages, "reserved of the manifest", []) }
    let controller = board.interruptController
    banked = controller?.version == .two ? controller?.virtualCPUInterfacePages : nil
    let hidden = banked
    let windows = (controller?.windows ?? []).flatMap { window in
      hidden.map { window.pages.subtracting($0) } ?? [window.pages]
    }
    forbidden =
      windows.map { ($0, "the interrupt controller \(controller?.path ?? "")") }
      + board.smmus.flatMap { smmu in smmu.registers.map { ($0.pages, "the SMMU \(smmu.path)") } }
    channels = manifest.channels.filter { $0.kind.value == .memory }
  }

  /// Whether a domain writes a channel that the other reads.
  func isWriter(_ writer: String, to reader: String) -> Bool {
    channels.contains { $0.writer.value == writer && $0.readers.contains { $0.value == reader } }
  }

  /// Whether a channel has both.
  func share(_ one: String, _ other: String) -> Bool {
    channels.contains { channel in
      let parties = [channel.writer.value] + channel.readers.map(\.value)
      return parties.contains(one) && parties.contains(other)
    }
  }
}
