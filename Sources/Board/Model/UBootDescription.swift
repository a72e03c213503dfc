import Ownership

/// What is known of the U-Boot that starts a board.
public struct UBootDescription: Hashable, Sendable {
  /// Where nothing else is known: twice what U-Boot's default heap, stack and code of a board with EFI take.
  public static let unknown = UBootDescription(endOfRAM: 64 << 20)

  /// How many bytes at the end of RAM U-Boot moves itself to, with its heap, stack and device tree.
  public let endOfRAM: UInt64
  /// QEMU's arguments, in place of `-kernel`, that start U-Boot with the medium `boot` attached; empty where there is
  /// no U-Boot for the emulated board.
  public let qemuArguments: [String]

  /// Makes a description.
  public init(endOfRAM: UInt64, qemuArguments: [String] = []) {
    self.endOfRAM = endOfRAM
    self.qemuArguments = qemuArguments
  }

  /// Where U-Boot works in RAM of these banks: at the end of the run that it knows, below 4 GiB where that goes further.
  public func ranges(in ram: [AddressRange]) -> [AddressRange] {
    AddressSet(ram).runs.flatMap { run in
      let last = run.last
      let ends = run.contains(0xFFFF_FFFF) && last > 0xFFFF_FFFF ? [0xFFFF_FFFF, last] : [last]
      return ends.compactMap { last in
        AddressRange(base: last - run.base >= endOfRAM ? last - endOfRAM + 1 : run.base, last: last)
      }
    }
  }
}
