import GuestKit
import GuestSupport
import HostileSupport

/// The same guest as a bystander: it lets every interrupt through that there is and says which one comes. None should,
/// but for the one that it sends to itself to show that it would notice.
struct Witness {
  /// The SGI that it sends to itself.
  private static var ownInterrupt: UInt32 { 15 }

  let surroundings: Surroundings

  /// Never returns.
  func watch() {
    let interrupts = surroundings.interrupts
    interrupts.enable()
    for intid in UInt32(0)..<16 { interrupts.enable(privateInterrupt: intid) }
    for word in UInt64(1)..<32 {
      guest_store32(surroundings.distributor.base + 0x100 + word * 4, ~0)
      guest_store32(surroundings.distributor.base + 0x080 + word * 4, ~0)
    }
    let request = interrupts.requestToSelf(softwareInterrupt: Witness.ownInterrupt)
    if surroundings.isGICv2 {
      guest_store32(surroundings.distributor.base + 0xF00, UInt32(request))
    } else {
      guest_send_sgi(request)
    }
    while true {
      guest_disable_interrupts()
      guest_wait()
      guest_enable_interrupts()
    }
  }

  /// Says that an interrupt came.
  func report(_ intid: UInt32) {
    let serial = surroundings.serial
    if intid == Witness.ownInterrupt {
      serial.write("witness: its own interrupt came, now listening")
    } else {
      serial.write("witness: INTERRUPT ")
      serial.write(decimal: UInt64(intid))
    }
    serial.endLine()
  }
}
