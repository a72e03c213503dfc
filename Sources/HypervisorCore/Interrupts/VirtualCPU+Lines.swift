import ImageFormat
import Synchronization

// What a domain's lines are: SGIs 0 to 15 made by EL2, PPIs and SPIs that are the hardware's, and SPIs of virtual
// devices, which EL2 makes as well.
extension VirtualCPU {
  /// Physical lines of the domain in a word: SPIs that it owns; in word 0 its timers.
  @inline(__always)
  func physical(word: Int) -> UInt32 { word == 0 ? privateLines : domain.record.interrupts[word] }

  /// All lines of the domain in a word.
  @inline(__always)
  func lines(word: Int) -> UInt32 {
    word == 0 ? privateLines | 0xFFFF : domain.record.interrupts[word] | virtualLines(word: word)
  }

  /// Whether a physical interrupt is the domain's.
  @inline(__always)
  public func owns(_ line: UInt32) -> Bool {
    if line < 32 { return privateLines & (1 &<< line) != 0 }
    return line < 1020 && domain.record.interrupts[Int(line >> 5)] & (1 &<< (line & 31)) != 0
  }

  /// The domain lets interrupts through: GICD_CTLR.EnableGrp1, or on a GICv2, where its lines are Group 0, EnableGrp0.
  var groupIsEnabled: Bool { domain.state.groupEnables.load(ordering: .relaxed) & Self.groupEnable != 0 }

  static var groupEnable: UInt32 { H.isGICv2 ? 1 : 2 }

  /// Enabled lines of a word, for this CPU.
  @inline(__always)
  func enabled(word: Int) -> UInt32 {
    word == 0
      ? cpu.state.redistributor.enabled.load(ordering: .relaxed)
      : domain.state.enabled[word].load(ordering: .relaxed)
  }

  /// Whether a line that is pending may be signalled to this CPU.
  @inline(__always)
  func isDeliverable(_ line: UInt32) -> Bool {
    groupIsEnabled && enabled(word: Int(line >> 5) & 31) & (1 &<< (line & 31)) != 0
  }

  /// Priority of a line below 1024, for this CPU.
  @inline(__always)
  func priority(_ line: UInt32) -> UInt8 {
    let place = Int(line >> 2)
    let word =
      line < 32
      ? cpu.state.redistributor.priorities[place].load(ordering: .relaxed)
      : domain.state.priorities[place & 255].load(ordering: .relaxed)
    return UInt8(truncatingIfNeeded: word &>> ((line & 3) &* 8))
  }

  /// What a list register holds for a line that is pending.
  func entry(_ line: UInt32) -> ListRegister {
    let isHardware = line >= 16 && !isVirtual(line)
    var entry = ListRegister(
      pending: line, priority: priority(line), isHardware: isHardware, tellsEnd: !isHardware && line >= 16)
    if H.isGICv2, line < 16 { entry.source = firstSender(line) }
    return entry
  }
}
