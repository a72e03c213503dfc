import Synchronization

/// The registers of a channel's PCI function, behind BAR 0 (QEMU, docs/specs/ivshmem-spec).
public struct SharedMemoryRegisters: Equatable {
  /// IVPosition, the function's number among the channel's parties: 0 is the writer, readers follow in the order of
  /// their domains.
  public let position: UInt16

  /// The registers of one party.
  public init(position: UInt16) { self.position = position }

  /// Reads a register: Interrupt Mask, Interrupt Status, which reading clears, IVPosition. Doorbell reads as zero.
  public func read(_ offset: UInt32, size: Int, _ state: borrowing SharedMemoryFunctionState) -> UInt64 {
    guard size == 4 else { return 0 }
    switch offset {
    case 0x0: return UInt64(state.mask.load(ordering: .relaxed))
    case 0x4: return UInt64(state.status.exchange(0, ordering: .acquiringAndReleasing))
    case 0x8: return UInt64(position)
    default: return 0
    }
  }

  /// Writes a register.
  ///
  /// - Returns: the position of the peer that is to be interrupted, where Doorbell was written.
  public func write(
    _ offset: UInt32, size: Int, _ value: UInt64, _ state: borrowing SharedMemoryFunctionState
  ) -> UInt16? {
    guard size == 4 else { return nil }
    switch offset {
    case 0x0: state.mask.store(UInt32(truncatingIfNeeded: value) & 1, ordering: .relaxed)
    case 0x4: state.status.store(UInt32(truncatingIfNeeded: value) & 1, ordering: .relaxed)
    // Peer in the upper half; of its vectors there is one, whichever the lower half names.
    case 0xC: return UInt16(truncatingIfNeeded: value >> 16)
    default: break
    }
    return nil
  }
}
