import HostileSupport

/// Loads and stores of every size at random offsets of the devices that the hypervisor plays for the guest.
struct DeviceFuzz {
  let surroundings: Surroundings

  func run(seed: UInt64, count: UInt64, _ tally: inout Tally) {
    var random = RandomNumbers(seed: seed)
    for _ in 0..<count {
      let choice = random.next()
      let window =
        switch choice & 3 {
        case 0: surroundings.console
        case 1: surroundings.redistributors
        default: surroundings.distributor
        }
      let size = choice >> 2 & 3
      // Three times in four aligned, because an unaligned access is refused by the CPU itself.
      let mask: UInt64 = choice >> 4 & 3 == 0 ? ~0 : ~0 << size
      let offset = random.next(below: window.size) & mask
      let isWrite = choice >> 6 & 1 == 1
      // The console shows what is written to its data register, and lines have to stay readable.
      if isWrite, window.base == surroundings.console.base, offset < 8 { continue }
      access(window.base + offset, size: size, isWrite ? random.next() : nil)
      tally.tried(Trap.take())
    }
  }

  private func access(_ address: UInt64, size: UInt64, _ value: UInt64?) {
    switch (size, value) {
    case (0, nil): _ = hostile_load8(address)
    case (1, nil): _ = hostile_load16(address)
    case (2, nil): _ = hostile_load32(address)
    case (_, nil): _ = hostile_load64(address)
    case (0, let value?): hostile_store8(address, value)
    case (1, let value?): hostile_store16(address, value)
    case (2, let value?): hostile_store32(address, value)
    case (_, let value?): hostile_store64(address, value)
    }
  }
}
