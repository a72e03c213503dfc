import ImageFormat

// GICv2: the registers of the distributor that each CPU has for itself (Arm IHI 0048, 4.1.4), and those that can be
// accessed by the byte.
extension VirtualCPU {
  /// Whether a word or byte is about SGIs and PPIs: the first word of each register with a bit a line, the first 32 bytes
  /// of the priorities, the first two words of the configuration, and the senders of SGIs.
  func isBanked(_ offset: UInt32) -> Bool {
    if offset < DistributorRegister.priority { return offset >= DistributorRegister.setEnable && offset & 0x7F == 0 }
    return offset < DistributorRegister.priority + 32 || offset & ~7 == DistributorRegister.configuration
      || senders(offset) != nil
  }

  /// The word of GICD_CPENDSGIR or GICD_SPENDSGIR that an offset is in.
  func senders(_ offset: UInt32) -> Int? {
    offset &- DistributorRegister.clearSenders < 0x20 ? Int(offset >> 2) & 3 : nil
  }

  func readBanked(_ offset: UInt32) -> UInt64 {
    if let word = senders(offset) { return UInt64(pendingSenders(word: word)) }
    return readInterruptFrame(offset, size: 4, of: index)
  }

  func writeBanked(_ offset: UInt32, _ value: UInt32) {
    if let word = senders(offset) {
      if offset < DistributorRegister.setSenders {
        clearSenders(word: word, value)
      } else {
        setSenders(word: word, value)
      }
    } else {
      writeInterruptFrame(offset, size: 4, value, of: index)
    }
  }

  /// Writes one byte of a banked register or of GICD_ITARGETSR. Bytes that are not written are zero, which changes
  /// neither senders nor, under their mask, targets.
  func writeByte(_ offset: UInt32, _ value: UInt32) {
    let shift = (offset & 3) &* 8
    if let line = targetsLine(offset) {
      setTargets(line, value << shift, mask: 0xFF << shift)
    } else if senders(offset) != nil {
      writeBanked(offset & ~3, value << shift)
    } else if offset < DistributorRegister.priority + 32 {
      writeInterruptFrame(offset, size: 1, value, of: index)
    }
  }

  /// Priorities, targets and the senders of SGIs can be accessed by the byte (Arm IHI 0048, 4.1.3).
  func hasBytes(_ offset: UInt32) -> Bool {
    (DistributorRegister.priority..<DistributorRegister.configuration).contains(offset) || senders(offset) != nil
  }
}
