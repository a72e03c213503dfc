import Ownership

/// Who owns what by the bytes.
///
/// Memory and registers are the pages in the domains' stage 2, with the rights that the descriptors give; whether a page is
/// RAM or registers is the board's to say (memory banks and reserved memory). A page that several domains reach with just
/// the rights of a channel's parties is that channel's. EL2 has its memory by the partition table, and the registers that
/// its own map shows. Interrupts and calls to firmware are those of the domain records, CPUs those of the CPU records.
/// Firmware keeps what the board's tree and the manifest reserve and nobody was granted. A DMA stream is the domain's to
/// which its stream table entry leads; of an SMMU that is not programmed, that of whoever
/// reaches all registers of an enabled device with that stream. A provider is the domain's that reaches all its registers,
/// and nobody's while none does.
///
/// A cache colour is whose cacheable pages have it, where the manifest gives colours.
///
/// What bytes cannot show, and what `unshown` therefore lists with the plan's word for it:
///
/// - a provider without registers of its own (a node of an interface to firmware, a fixed clock): no table leads to it;
/// - a provider with registers of which the plan says that firmware drives it: bytes show only that no domain does;
/// - a stream of a device without registers.
///
/// Of two channels with the same parties only the plan's addresses tell which is which. A virtual CPU interface of a GICv2
/// at its place is nobody's: each CPU has its own.
struct OwnershipReading: Sendable {
  /// The map.
  let map: Ownership
  /// Claims that clash: what the claims about pages, interrupts and CPUs find as well, in other words.
  let conflicts: [OwnershipConflict]
  /// What the plan claims and no byte can show.
  let unshown: [(resource: Resource, claim: Claim)]

  /// Rebuilds the map from a decoded system.
  init(_ system: FinishedSystem, _ context: VerificationContext) {
    let collector = OwnershipCollector(system: system, groundwork: context.groundwork)
    let reach = collector.reachedPages()
    let dependencies = collector.dependencies()
    let claims =
      reach + collector.hypervisor() + collector.firmware() + collector.numbered() + collector.streams()
      + collector.colours(context.cache, context.arrangement) + dependencies.claims
    (map, conflicts) = Ownership.collecting(claims)
    unshown = dependencies.unshown
  }
}
