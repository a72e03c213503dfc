import GuestKit
import GuestSupport
import GuestTree
import HostileSupport

/// The same guest as a bystander, with a clock of its own that interrupts once a second and with its memory full of a
/// pattern. It lets every interrupt through that there is and says which one comes: its clock's, one that it sends to
/// itself to show that it would notice, and no other. At each beat of the clock it says which second it is, so that a
/// beat that was missed shows, and then looks at all of its memory.
struct Witness {
  /// The SGI that it sends to itself.
  private static var ownInterrupt: UInt32 { 15 }

  let surroundings: Surroundings
  private let clock: RealTimeClock
  private let pattern: MemoryPattern
  private var beginning: UInt64 = 0
  private(set) var ticks: UInt64 = 0

  /// `nil` without a clock.
  init?(_ surroundings: Surroundings, tree: Span<UInt8>, at treeAddress: UInt64) {
    guard let clock = RealTimeClock(tree: tree) else { return nil }
    self.surroundings = surroundings
    self.clock = clock
    pattern = MemoryPattern(memory: surroundings.memory, treeAddress: treeAddress, treeSize: UInt64(tree.count))
  }

  /// Fills its memory, lets every interrupt through and starts the clock.
  mutating func start() {
    pattern.fill()
    describePattern()
    let interrupts = surroundings.interrupts
    interrupts.enable()
    for intid in UInt32(0)..<16 { interrupts.enable(privateInterrupt: intid) }
    for word in UInt64(1)..<32 {
      guest_store32(surroundings.distributor.base + 0x100 + word * 4, ~0)
      guest_store32(surroundings.distributor.base + 0x080 + word * 4, ~0)
    }
    clock.interruptAtNextSecond()
    beginning = clock.seconds
    let request = interrupts.requestToSelf(softwareInterrupt: Witness.ownInterrupt)
    if surroundings.isGICv2 {
      guest_store32(surroundings.distributor.base + 0xF00, UInt32(request))
    } else {
      guest_send_sgi(request)
    }
  }

  private func describePattern() {
    pattern.forEachPart { part in
      surroundings.serial.write("witness: pattern from ")
      surroundings.serial.write(hexadecimal: part.lowerBound)
      surroundings.serial.write(" to ")
      surroundings.serial.write(hexadecimal: part.upperBound)
      surroundings.serial.endLine()
    }
  }

  /// Says that an interrupt came. A clock's interrupt without a cause is one that somebody else made.
  mutating func report(_ intid: UInt32) {
    let serial = surroundings.serial
    if intid == Witness.ownInterrupt {
      serial.write("witness: its own interrupt came, now listening")
    } else if intid == clock.interrupt, clock.hasExpired {
      let second = clock.seconds - beginning
      clock.interruptAtNextSecond()
      ticks += 1
      serial.write("witness: tick ")
      serial.write(decimal: ticks)
      serial.write(" in second ")
      serial.write(decimal: second)
    } else {
      serial.write("witness: FOREIGN INTERRUPT ")
      serial.write(decimal: UInt64(intid))
    }
    serial.endLine()
  }

  /// Looks at all of the memory, with interrupts on, and says with interrupts off what it found.
  func lookAtMemory() {
    guest_enable_interrupts()
    let change = pattern.firstChange()
    guest_disable_interrupts()
    let serial = surroundings.serial
    if let change {
      serial.write("witness: MEMORY CHANGED at ")
      serial.write(hexadecimal: change)
      serial.write(" to ")
      serial.write(hexadecimal: hostile_load64(change))
    } else {
      serial.write("witness: memory as it was")
    }
    serial.endLine()
  }
}
