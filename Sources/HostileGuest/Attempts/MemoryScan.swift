import HostileSupport

/// Reads and writes the whole physical address space, one access a page: a neighbour's memory, the hypervisor's code,
/// tables and stacks, unassigned memory, flash, UARTs, the GIC's physical frames, PCI windows, whatever there is.
struct MemoryScan {
  let surroundings: Surroundings

  func run(_ report: inout Report) {
    report.attempt("memory-read-every-4KiB-below-4GiB", .pages) { read(every: 0x1000, below: 1 << 32, offset: 0, &$0) }
    report.attempt("memory-write-every-4KiB-below-4GiB", .pages) {
      write(every: 0x1000, below: 1 << 32, offset: 0, &$0)
    }
    // Not the first page of each block: a block that is mapped too large by a table shows at its end.
    report.attempt("memory-read-every-2MiB-below-1TiB", .pages) {
      read(every: 2 << 20, below: 1 << 40, offset: 0x1F_FFF8, &$0)
    }
    report.attempt("memory-write-every-2MiB-below-1TiB", .pages) {
      write(every: 2 << 20, below: 1 << 40, offset: 0x1F_FFF8, &$0)
    }
    report.attempt("memory-read-every-1GiB-below-256TiB", .pages) {
      read(every: 1 << 30, below: 1 << 48, offset: 0, &$0)
    }
    report.attempt("memory-beyond-the-physical-address-size", .pages) { beyond(&$0) }
  }

  private func read(every step: UInt64, below end: UInt64, offset: UInt64, _ tally: inout Tally) {
    var address = offset
    while address < end {
      if !surroundings.mayRead(address) {
        let value = hostile_load64(address)
        tally.expectAbort(Trap.take(), at: address, got: value)
      }
      address += step
    }
  }

  private func write(every step: UInt64, below end: UInt64, offset: UInt64, _ tally: inout Tally) {
    var address = offset
    while address < end {
      if !surroundings.mayWrite(address) {
        hostile_store64(address, 0x0BAD_0BAD_0BAD_0BAD)
        tally.expectAbort(Trap.take(), at: address)
      }
      address += step
    }
  }

  /// Every address bit above what the guest has, alone and on top of its own memory: an alias would show the latter.
  private func beyond(_ tally: inout Tally) {
    let bases: InlineArray<3, UInt64> = [0, surroundings.memory.base, surroundings.console.base]
    for bit in UInt64(32)..<64 {
      for index in bases.indices {
        let address = bases[index] | 1 << bit
        let value = hostile_load64(address)
        tally.expectAbort(Trap.take(), at: address, got: value)
        hostile_store64(address, 0)
        tally.expectAbort(Trap.take(), at: address)
      }
    }
  }
}
