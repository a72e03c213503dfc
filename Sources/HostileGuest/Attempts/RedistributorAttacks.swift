import GuestSupport
import HostileSupport

/// Reaches through the redistributor: for memory by its tables of LPIs, for other CPUs, for lines that are not its own
/// (Arm IHI 0069, 12.11).
struct RedistributorAttacks {
  let surroundings: Surroundings

  private var privateInterrupts: UInt64 { surroundings.privateInterrupts }
  private var control: UInt64 { privateInterrupts - 0x1_0000 }

  func run(_ report: inout Report) {
    report.attempt("gicr-message-interrupt-tables", .distributor, .emulated) { tables(&$0) }
    report.attempt("gicr-private-lines-of-others", .distributor, .emulated) { privateLines(&$0) }
    report.attempt("gicr-of-other-cpus", .distributor, .emulated) { others(&$0) }
    report.attempt("gicr-asleep", .distributor, .emulated) { asleep(&$0) }
    report.attempt("gicr-registers-in-every-size", .distributor, .emulated) { tally in
      WindowSweep(window: surroundings.redistributors, isExhaustive: true).run(&tally, writing: 0xFFFF_FFFF_FFFF_FFFF)
    }
    // As the guest needs it again.
    hostile_store32(control + 0x14, 0)
    hostile_store32(privateInterrupts + 0x180, 0xFFFF_FFFF)
    hostile_store32(privateInterrupts + 0x280, 0xFFFF_FFFF)
    hostile_store32(privateInterrupts + 0x380, 0xFFFF_FFFF)
  }

  /// GICR_PROPBASER and PENDBASER would let the GIC itself read and write memory, outside of any stage 2.
  private func tables(_ tally: inout Tally) {
    for offset in stride(from: UInt64(0x70), through: 0x78, by: 8) {
      hostile_store64(control + offset, surroundings.memory.base &- 0x1_0000 | 0xF)
      tally.tried(Trap.take())
      let value = hostile_load64(control + offset)
      tally.expect(value == 0, value: value, at: control + offset)
    }
    for bit in UInt64(0)..<32 {
      hostile_store32(control, 1 << bit)
      tally.tried(Trap.take())
    }
    let enabled = hostile_load32(control) & 1
    tally.expect(enabled == 0, value: enabled, at: control)
    // GICR_SETLPIR, CLRLPIR, INVLPIR, INVALLR
    forEach([0x40, 0x48, 0xA0, 0xB0]) { offset in
      hostile_store64(control + offset, 8192)
      tally.tried(Trap.take())
    }
  }

  /// SGIs and the EL1 timers are the guest's; the other private lines (EL2's timer and maintenance, the PMU's) are not.
  private func privateLines(_ tally: inout Tally) {
    forEach([0x080, 0x100, 0x200, 0x300]) { offset in
      let address = privateInterrupts + offset
      hostile_store32(address, 0xFFFF_FFFF)
      tally.tried(Trap.take())
      let foreign = hostile_load32(address) & ~surroundings.ownLines(word: 0)
      tally.expect(foreign == 0, value: foreign, at: address)
    }
    for line in UInt64(16)..<32 where surroundings.ownLines(word: 0) >> line & 1 == 0 {
      hostile_store8(privateInterrupts + 0x400 + line, 0xFF)
      let value = hostile_load8(privateInterrupts + 0x400 + line)
      tally.expect(value == 0, value: value, at: privateInterrupts + 0x400 + line)
    }
    hostile_store32(privateInterrupts + 0x180, 0xFFFF_FFFF)
    hostile_store32(privateInterrupts + 0x280, 0xFFFF_FFFF)
    hostile_store32(privateInterrupts + 0x380, 0xFFFF_FFFF)
  }

  /// The frames behind and before the guest's own, as many as a GIC can have.
  private func others(_ tally: inout Tally) {
    let stride = Surroundings.redistributorSize
    for number in UInt64(0)..<512 {
      forEach([0x0, 0x14, 0x70, 0x1_0100]) { offset in
        let behind = surroundings.redistributors.base + surroundings.redistributors.size + number * stride + offset
        touch(behind, &tally)
        if number < 64 { touch(surroundings.redistributors.base &- (number + 1) * stride &+ offset, &tally) }
      }
    }
  }

  private func touch(_ address: UInt64, _ tally: inout Tally) {
    guard !surroundings.mayRead(address) else { return }
    let value = hostile_load32(address)
    tally.expectAbort(Trap.take(), at: address, got: value)
    hostile_store32(address, 0xFFFF_FFFF)
    tally.expectAbort(Trap.take(), at: address)
  }

  private func asleep(_ tally: inout Tally) {
    for value in UInt64(0)..<8 {
      hostile_store32(control + 0x14, value)
      tally.tried(Trap.take())
      _ = hostile_load32(control + 0x14)
      tally.tried(Trap.take())
    }
    hostile_store32(control + 0x14, 0)
  }

  private func forEach(_ offsets: InlineArray<4, UInt64>, _ body: (UInt64) -> Void) {
    for index in offsets.indices { body(offsets[index]) }
  }
}
