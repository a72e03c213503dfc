import HostileSupport

/// Random encodings of loads, stores, exclusives, atomics and pairs, every register of which holds an address of others.
struct MemoryInstructionFuzz {
  let surroundings: Surroundings

  func run(seed: UInt64, count: UInt64, _ tally: inout Tally) {
    var random = RandomNumbers(seed: seed)
    let sandbox = Sandbox()
    hostile_allow_everything()
    for _ in 0..<count {
      let instruction = Self.instruction(random.next())
      let address = foreignAddress(&random)
      sandbox.fill(address)
      let trap = sandbox.run(instruction)
      if Self.mayBeSilent(instruction) {
        tally.tried(trap)
      } else {
        tally.expectRefusal(trap, at: UInt64(instruction), got: sandbox[UInt64(instruction & 31) % 31])
      }
    }
  }

  /// "Loads and stores" of the main encoding table (Arm DDI 0487, C4.1): bit 27 set, bit 25 clear. Without SP as a base,
  /// without an offset in a register, which would lead anywhere.
  private static func instruction(_ random: UInt64) -> UInt32 {
    var instruction = UInt32(truncatingIfNeeded: random) & ~(1 << 25) | 1 << 27
    if instruction >> 5 & 31 == 31 { instruction &= ~(1 << 5) }
    if instruction & 0x3B20_0C00 == 0x3820_0800 { instruction &= ~(1 << 21) }
    return instruction
  }

  /// What has no word to say at all or not always: prefetches, loads relative to the program counter, store-exclusives
  /// without a monitor, memory tags without memory, and copies of nothing.
  private static func mayBeSilent(_ instruction: UInt32) -> Bool {
    let family = instruction >> 24 & 0x3F
    if family & 0x3B == 0x18 { return true }  // load register (literal)
    if family & 0x3B == 0x19 { return true }  // tags, copies and sets, RCpc with unscaled offset
    if family == 0x08 { return instruction >> 22 & 1 == 0 }  // exclusives and ordered stores
    // Load and store of a register: size 11, opc 10, general purpose is the prefetch.
    return instruction & 0xFEC0_0000 == 0xF880_0000
  }

  /// Never within 64 KiB of what is the guest's: the largest offset that an instruction holds.
  private func foreignAddress(_ random: inout RandomNumbers) -> UInt64 {
    while true {
      // Where boards have their devices and most of their memory, and everywhere.
      let choice = random.next()
      let address = random.next() >> (choice & 1 == 0 ? 32 : 24 + (choice >> 8 & 7)) & ~0xF
      var isNear = false
      surroundings.forEachWindow { window in
        let start = window.base - min(window.base, 0x1_0000)
        if address >= start, address - start < window.size + 0x2_0000 { isNear = true }
      }
      if !isNear { return address }
    }
  }
}
