import GuestKit
import GuestTree
import HostileSupport

/// The jump that ends the guest: to where no code of its own may lie. The hypervisor reports it and stops the domain, so
/// that there is one in each run; `/chosen/bootargs` says which.
enum FinalJump {
  /// Behind everything else, with both CPUs at work, to an address of nobody.
  case intoTheVoid
  /// At once, to the page that somebody else writes.
  case toTheChannel
  /// At once, to the device that the hypervisor plays.
  case toTheConsole
  /// At once, to the virtual distributor.
  case toTheDistributor
  /// At once, through the guest's own stage 1, to the page below its memory.
  case translated

  /// What the tree's command line asks for.
  init(tree: Span<UInt8>) {
    let chosen = TreeSearch.find(.fixedPath("/chosen"), in: tree)
    func asks(_ word: StaticString) -> Bool { chosen?.lists(word, in: "bootargs", of: tree) == true }
    if asks("jump-to-channel") {
      self = .toTheChannel
    } else if asks("jump-to-console") {
      self = .toTheConsole
    } else if asks("jump-to-distributor") {
      self = .toTheDistributor
    } else if asks("jump-translated") {
      self = .translated
    } else {
      self = .intoTheVoid
    }
  }

  /// Whether it comes without any other attempt.
  var isAtOnce: Bool {
    switch self {
    case .intoTheVoid: false
    case .toTheChannel, .toTheConsole, .toTheDistributor, .translated: true
    }
  }

  /// Jumps. Whoever comes back says that an instruction was fetched or that the hypervisor let the guest go on.
  func make(_ surroundings: Surroundings, _ sandbox: Sandbox) {
    let serial = surroundings.serial
    let target = target(surroundings)
    serial.write("jumping to ")
    serial.write(hexadecimal: target)
    serial.endLine()
    if case .translated = self { TranslationAttacks(surroundings: surroundings, sandbox: sandbox).turnOn() }
    let trap = sandbox.enter(target)
    serial.write("the jump came back with syndrome ")
    serial.write(hexadecimal: trap?.syndrome ?? 0)
    serial.endLine()
  }

  private func target(_ surroundings: Surroundings) -> UInt64 {
    switch self {
    case .intoTheVoid, .translated: surroundings.memory.base - 0x1000
    case .toTheChannel: surroundings.channel?.base ?? 0
    case .toTheConsole: surroundings.console.base
    case .toTheDistributor: surroundings.distributor.base
    }
  }
}
