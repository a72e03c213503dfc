import GuestKit
import HostileSupport

/// What ends the guest, of its own will. The hypervisor has to end this domain and nobody else, so that there is one in
/// each run.
enum FinalAct {
  /// A jump to the page below its memory.
  case jumpBelow
  /// The same through its own stage 1.
  case jumpTranslated
  /// A jump to the page that somebody else writes.
  case jumpToChannel
  /// A jump to a device that the hypervisor plays.
  case jumpToConsole
  /// A jump to the virtual distributor.
  case jumpToDistributor
  /// A jump to the registers of a device that it was given.
  case jumpToDevice
  /// A jump to the CPU interface: on a GICv2 the hardware's own page.
  case jumpToInterface
  /// A jump to the first page of somebody else's, by the map of owners.
  case jumpTo(ForeignMap.Kind)
  /// PSCI SYSTEM_OFF.
  case systemOff
  /// PSCI SYSTEM_RESET.
  case systemReset
  /// PSCI CPU_OFF of its last CPU.
  case lastCPUOff

  /// Does it. Whoever comes back says so: an instruction was fetched, or the hypervisor let the guest go on.
  func carryOut(_ surroundings: Surroundings) {
    let serial = surroundings.serial
    serial.write("the end begins")
    serial.endLine()
    let sandbox = Sandbox()
    var trap: Trap?
    switch self {
    case .jumpBelow: trap = sandbox.enter(surroundings.memory.base - 0x1000)
    case .jumpTranslated:
      TranslationAttacks(surroundings: surroundings, sandbox: sandbox).turnOn()
      trap = sandbox.enter(surroundings.memory.base - 0x1000)
    case .jumpToChannel: trap = sandbox.enter(surroundings.channel?.base ?? 0)
    case .jumpToConsole: trap = sandbox.enter(surroundings.console.base)
    case .jumpToDistributor: trap = sandbox.enter(surroundings.distributor.base)
    case .jumpToDevice: trap = sandbox.enter(surroundings.clock?.base ?? 0)
    case .jumpToInterface: trap = sandbox.enter(surroundings.redistributors.base)
    case .jumpTo(let kind): trap = sandbox.enter(surroundings.foreign?.first(kind) ?? 0)
    case .systemOff: trap = Call.hvc(0x8400_0008).trap
    case .systemReset: trap = Call.hvc(0x8400_0009).trap
    case .lastCPUOff: trap = Call.hvc(0x8400_0002).trap
    }
    serial.write("CAME BACK from the end with syndrome ")
    serial.write(hexadecimal: trap?.syndrome ?? 0)
    serial.endLine()
  }
}
