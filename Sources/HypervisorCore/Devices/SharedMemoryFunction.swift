import Synchronization

/// A channel as a PCI function: the shared-memory device that QEMU has documented as “ivshmem”, in revision 0, which
/// interrupts by INTx (docs/specs/ivshmem-spec). Its interface is public and drivers for it exist, so its ids are right
/// here, as ids of our own making would belong to somebody else.
///
/// BAR 0 has its registers, BAR 2 is the channel. Neither can be moved: the Enhanced Allocation capability (PCI Express
/// Base 4.0, 7.8.5) says where they are, and the BARs themselves read as zero. There are no messages and no DMA.
public struct SharedMemoryFunction: Equatable {
  /// Guest address of the registers of BAR 0.
  public let registers: UInt64
  /// Guest address of the channel.
  public let memory: UInt64
  /// Bytes of the channel.
  public let size: UInt64

  /// A function of a channel.
  public init(registers: UInt64, memory: UInt64, size: UInt64) {
    self.registers = registers
    self.memory = memory
    self.size = size
  }

  /// Bytes of a function's configuration space, as conventional PCI has it.
  public static var configurationSize: UInt64 { 256 }
  /// Bytes of BAR 0.
  static var registersSize: UInt64 { 256 }
  /// Interrupt Disable in the Command register (PCI Local Bus 3.0, 6.2.2).
  static var interruptDisable: UInt32 { 1 << 10 }
  /// Bits of the Command register that can be written: Memory Space, Bus Master and Interrupt Disable.
  static var writableCommand: UInt32 { 1 << 1 | 1 << 2 | interruptDisable }

  /// Reads the configuration space.
  ///
  /// - Parameters:
  ///   - offset: below 256, a multiple of `size`.
  ///   - size: 1, 2 or 4 bytes; more read as ones, as nothing answers them on a bus of 32 bits.
  public func readConfiguration(_ offset: UInt32, size: Int, _ state: borrowing SharedMemoryFunctionState) -> UInt64 {
    guard size <= 4 else { return .max }
    return UInt64(configuration(offset & ~3, state) >> ((offset & 3) * 8)) & Self.bits(size)
  }

  /// Writes the configuration space: the Command register, everything else is read-only.
  public func writeConfiguration(
    _ offset: UInt32, size: Int, _ value: UInt64, _ state: borrowing SharedMemoryFunctionState
  ) {
    guard size <= 4, offset & ~3 == 4 else { return }
    let shift = (offset & 3) * 8
    let written = UInt32(truncatingIfNeeded: Self.bits(size)) << shift & Self.writableCommand
    let old = state.command.load(ordering: .relaxed)
    let new = old & ~written | UInt32(truncatingIfNeeded: value) << shift & written
    state.command.store(new, ordering: .relaxed)
  }

  /// The low `size` bytes of a word.
  private static func bits(_ size: Int) -> UInt64 { (1 &<< UInt64(truncatingIfNeeded: size &* 8)) &- 1 }

  private func configuration(_ offset: UInt32, _ state: borrowing SharedMemoryFunctionState) -> UInt32 {
    switch offset {
    // Device and vendor.
    case 0x00: return 0x1110_1AF4
    // Status: Capabilities List and Interrupt Status; Command.
    case 0x04:
      return 1 << 20 | (state.isInterrupting ? 1 << 19 : 0) | state.command.load(ordering: .relaxed)
    // Class: memory controller, RAM; revision 0.
    case 0x08: return 0x0500_0000
    // Subsystem device and vendor, as QEMU's devices have them.
    case 0x2C: return 0x1100_1AF4
    // Where the capabilities start.
    case 0x34: return 0x40
    // Interrupt pin INTA.
    case 0x3C: return 0x0100
    // Enhanced Allocation: id 0x14, the last capability, two entries.
    case 0x40: return 0x0002_0014
    case 0x44...0x54: return allocation((offset - 0x44) / 4, bar: 0, kind: 0, registers, Self.registersSize)
    case 0x58...0x68: return allocation((offset - 0x58) / 4, bar: 2, kind: 1, memory, size)
    default: return 0
    }
  }

  /// One of the five words of an entry: what it is about, base and greatest offset, and the upper halves of both.
  ///
  /// - Parameter kind: 0 memory, 1 prefetchable memory; the secondary properties are 0xFF, none.
  private func allocation(_ word: UInt32, bar: UInt32, kind: UInt32, _ base: UInt64, _ size: UInt64) -> UInt32 {
    let last = size &- 4
    switch word {
    case 0: return 1 << 31 | 0xFF << 16 | kind << 8 | bar << 4 | 4
    case 1: return UInt32(truncatingIfNeeded: base) | 2
    case 2: return UInt32(truncatingIfNeeded: last) | 2
    case 3: return UInt32(truncatingIfNeeded: base >> 32)
    default: return UInt32(truncatingIfNeeded: last >> 32)
    }
  }
}
