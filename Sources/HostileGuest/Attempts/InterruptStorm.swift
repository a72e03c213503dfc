import GuestKit
import GuestSupport
import HostileSupport

/// Software interrupts to both of the guest's CPUs, enabled and disabled, taken and not, ended and not, from both CPUs
/// at once.
struct InterruptStorm {
  let surroundings: Surroundings

  func run(seed: UInt64, count: UInt64, _ tally: inout Tally) {
    var random = RandomNumbers(seed: seed)
    surroundings.openInterface()
    for _ in 0..<count {
      let choice = random.next()
      let frame = surroundings.privateInterrupts(of: choice >> 4 & 1)
      let bits = choice >> 32 & 0xFFFF
      switch choice & 15 {
      case 0..<6: surroundings.send(choice >> 8 & 15, toOthers: false)
      case 6: surroundings.send(choice >> 8 & 15, toOthers: true)
      case 7: hostile_store32(frame + 0x100, bits)
      case 8: hostile_store32(frame + 0x180, bits)
      case 9: hostile_store32(frame + 0x200, bits)
      case 10: hostile_store32(frame + 0x280, bits)
      case 11: hostile_store32(frame + 0x380, bits)
      case 12: hostile_store32(frame + 0x400 + (choice >> 8 & 12), choice >> 32)
      case 13: hostile_store32(surroundings.distributor.base, choice >> 8 & 3 | 0x10)
      default:
        let intid = surroundings.acknowledge()
        if choice >> 8 & 3 != 0 { surroundings.end(intid) }
      }
      tally.tried(Trap.take())
    }
    surroundings.forgetActivePriorities()
    hostile_store32(surroundings.distributor.base, surroundings.distributorOn)
  }
}
