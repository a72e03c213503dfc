import GuestTree

/// What the guest is here for, by `/chosen/bootargs`.
enum Errand {
  /// All attempts, then a jump out of its memory with both CPUs at work. Without any argument.
  case campaign
  /// The same on a machine without a hypervisor, to show that the attempts can tell: without the sweeps over every
  /// register and every call, which reach the hardware there and turn off what the guest runs on.
  case control
  /// The attempts that have to do with interrupts and system registers, by a domain with one CPU and a UART of its own.
  case direct
  /// To notice interrupts that are not its own.
  case witness
  /// All attempts by DMA of a device, or a flood of one of them.
  case dma(isFlood: Bool)
  /// The end at once.
  case end(FinalAct)

  init(tree: Span<UInt8>) {
    let chosen = TreeSearch.find(.fixedPath("/chosen"), in: tree)
    func asks(_ word: StaticString) -> Bool { chosen?.lists(word, in: "bootargs", of: tree) == true }
    if asks("witness") {
      self = .witness
    } else if asks("direct") {
      self = .direct
    } else if asks("dma") || asks("dma-flood") {
      self = .dma(isFlood: asks("dma-flood"))
    } else if asks("without-sweeps") {
      self = .control
    } else if let act = Errand.end(asks) {
      self = .end(act)
    } else {
      self = .campaign
    }
  }

  /// The end that is asked for, if one is.
  private static func end(_ asks: (StaticString) -> Bool) -> FinalAct? {
    if asks("jump-translated") { return .jumpTranslated }
    if asks("jump-to-channel") { return .jumpToChannel }
    if asks("jump-to-console") { return .jumpToConsole }
    if asks("jump-to-distributor") { return .jumpToDistributor }
    if asks("jump-to-device") { return .jumpToDevice }
    if asks("jump-to-cpu-interface") { return .jumpToInterface }
    if asks("jump-to-neighbour") { return .jumpTo(.neighbourMemory) }
    if asks("jump-to-hypervisor") { return .jumpTo(.hypervisorMemory) }
    if asks("jump-to-firmware") { return .jumpTo(.firmwareMemory) }
    if asks("jump-to-unassigned-device") { return .jumpTo(.unassignedDevice) }
    if asks("system-off") { return .systemOff }
    if asks("system-reset") { return .systemReset }
    if asks("last-cpu-off") { return .lastCPUOff }
    return nil
  }
}
