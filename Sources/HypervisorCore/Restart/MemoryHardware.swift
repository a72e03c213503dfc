/// What renewing a domain's memory needs of the CPU: an instruction each, but for the loops of `clear` and `copy`. Tests
/// answer with a recording.
public protocol MemoryHardware {
  /// Writes TTBR0_EL2.
  func setTranslationTable(_ root: UInt64)
  /// TLBI ALLE2: forgets what this CPU knows of EL2's map.
  func invalidateOwnTranslations()
  /// TLBI VMALLS12E1IS: every CPU forgets what it knows of the map of this CPU's domain.
  func invalidateDomainTranslations()
  /// IC IALLUIS: every CPU forgets the instructions that it has fetched.
  func invalidateInstructions()
  /// DSB SY.
  func dataBarrier()
  /// ISB.
  func instructionBarrier()
  /// Bytes of the smallest line of a data cache (CTR_EL0.DminLine).
  var lineSize: UInt64 { get }
  /// DC CIVAC: writes a line to memory and forgets it, on every CPU.
  func cleanLine(_ address: UInt64)
  /// Fills memory with zeros.
  func clear(_ address: UInt64, _ size: UInt64)
  /// Copies between areas that do not overlap.
  func copy(_ source: UInt64, to destination: UInt64, _ size: UInt64)
}
