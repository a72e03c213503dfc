import GuestTree

/// What the guest is here for, by `/chosen/bootargs`.
enum Errand {
  /// All attempts, then a jump out of its memory with both CPUs at work. Without any argument.
  case campaign
  /// To notice interrupts that are not its own.
  case witness
  /// The end at once.
  case end(FinalAct)

  init(tree: Span<UInt8>) {
    let chosen = TreeSearch.find(.fixedPath("/chosen"), in: tree)
    func asks(_ word: StaticString) -> Bool { chosen?.lists(word, in: "bootargs", of: tree) == true }
    if asks("witness") {
      self = .witness
    } else if asks("jump-translated") {
      self = .end(.jumpTranslated)
    } else if asks("jump-to-channel") {
      self = .end(.jumpToChannel)
    } else if asks("jump-to-console") {
      self = .end(.jumpToConsole)
    } else if asks("jump-to-distributor") {
      self = .end(.jumpToDistributor)
    } else if asks("system-off") {
      self = .end(.systemOff)
    } else if asks("system-reset") {
      self = .end(.systemReset)
    } else if asks("last-cpu-off") {
      self = .end(.lastCPUOff)
    } else {
      self = .campaign
    }
  }
}
