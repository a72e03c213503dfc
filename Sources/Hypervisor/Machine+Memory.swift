import HypervisorCore
import HypervisorEntry

/// The caches, the TLBs and EL2's map.
extension Machine: MemoryHardware {
  func setTranslationTable(_ root: UInt64) { write_ttbr0_el2(root) }
  func invalidateOwnTranslations() { invalidate_own_translations() }
  func invalidateDomainTranslations() { invalidate_domain_translations() }
  func invalidateInstructions() { invalidate_instructions() }
  func dataBarrier() { data_barrier() }
  func instructionBarrier() { instruction_barrier() }

  /// CTR_EL0.DminLine, bits 19:16: the logarithm of the number of words (DDI 0487, D19.2.33).
  var lineSize: UInt64 { 4 &<< (read_ctr_el0() >> 16 & 0xF) }
  func cleanLine(_ address: UInt64) { clean_line(address) }

  /// DC ZVA where it is allowed: DCZID_EL0.DZP (4) is 0, BS (3:0) the logarithm of the words of a block (D19.2.36). The
  /// areas are whole pages of normal memory, and a block is no larger than 2 KiB.
  func clear(_ address: UInt64, _ size: UInt64) {
    let identification = read_dczid_el0()
    if identification & 1 << 4 != 0 {
      clear_bytes(address, size)
      return
    }
    let block: UInt64 = 4 &<< (identification & 0xF)
    var next = address
    while next < address &+ size {
      clear_block(next)
      next &+= block
    }
  }

  func copy(_ source: UInt64, to destination: UInt64, _ size: UInt64) { copy_bytes(source, destination, size) }
}
