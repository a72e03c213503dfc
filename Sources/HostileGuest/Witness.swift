import GuestKit
import GuestSupport
import GuestTree
import HostileSupport

/// The same guest as a bystander, with a clock of its own that interrupts once a second. It lets every interrupt through
/// that there is and says which one comes: its clock's, one that it sends to itself to show that it would notice, and no
/// other.
struct Witness {
  /// The SGI that it sends to itself.
  private static var ownInterrupt: UInt32 { 15 }

  let surroundings: Surroundings
  private let clock: RealTimeClock
  private var ticks: UInt64 = 0

  /// `nil` without a clock.
  init?(_ surroundings: Surroundings, tree: Span<UInt8>) {
    guard let clock = RealTimeClock(tree: tree) else { return nil }
    self.surroundings = surroundings
    self.clock = clock
  }

  /// Lets every interrupt through and starts the clock.
  func start() {
    let interrupts = surroundings.interrupts
    interrupts.enable()
    for intid in UInt32(0)..<16 { interrupts.enable(privateInterrupt: intid) }
    for word in UInt64(1)..<32 {
      guest_store32(surroundings.distributor.base + 0x100 + word * 4, ~0)
      guest_store32(surroundings.distributor.base + 0x080 + word * 4, ~0)
    }
    clock.interruptAtNextSecond()
    let request = interrupts.requestToSelf(softwareInterrupt: Witness.ownInterrupt)
    if surroundings.isGICv2 {
      guest_store32(surroundings.distributor.base + 0xF00, UInt32(request))
    } else {
      guest_send_sgi(request)
    }
  }

  /// Says that an interrupt came. A clock's interrupt without a cause is one that somebody else made.
  mutating func report(_ intid: UInt32) {
    let serial = surroundings.serial
    if intid == Witness.ownInterrupt {
      serial.write("witness: its own interrupt came, now listening")
    } else if intid == clock.interrupt, clock.hasExpired {
      clock.interruptAtNextSecond()
      ticks += 1
      serial.write("witness: tick ")
      serial.write(decimal: ticks)
    } else {
      serial.write("witness: FOREIGN INTERRUPT ")
      serial.write(decimal: UInt64(intid))
    }
    serial.endLine()
  }
}
