import GuestTree
import HostileSupport

/// The PCI host bridge that the guest was given: configuration space by ECAM and a window for registers.
struct PCIHost {
  /// Configuration space: 4 KiB for each function (PCI Express Base Specification, 7.2.2).
  let configuration: Window
  /// CPU addresses for registers of 32-bit BARs, and the bus address of the first of them.
  let memory: Window
  private let busBase: UInt64

  /// `nil` without one.
  init?(tree: Span<UInt8>) {
    guard let node = TreeSearch.find(.compatible("pci-host-ecam-generic"), in: tree),
      let registers = node.registers(0, in: tree)
    else { return nil }
    configuration = Window(registers)
    var found: (memory: Window, bus: UInt64)?
    // `ranges`: three cells of a PCI address, whose first says the space (bits 25:24: 2 for 32-bit memory), two of the
    // CPU's, two of the size (IEEE 1275 PCI binding, 12).
    for entry in 0..<8 {
      guard let space = node.cell(entry * 7, of: "ranges", in: tree) else { break }
      guard space >> 24 & 3 == 2, found == nil, let base = node.pair(entry * 7 + 3, in: tree),
        let size = node.pair(entry * 7 + 5, in: tree), let bus = node.pair(entry * 7 + 1, in: tree)
      else { continue }
      found = (Window(base: base, size: size), bus)
    }
    guard let found else { return nil }
    memory = found.memory
    busBase = found.bus
  }

  /// Vendor and device of a function on the first bus; all ones where there is none.
  func identity(of slot: UInt64) -> UInt64 { hostile_load32(function(slot)) }

  /// Puts a function's first BAR at an offset of the window, and lets it answer there and start DMA.
  func place(_ slot: UInt64, at offset: UInt64) {
    hostile_store32(function(slot) + 0x10, busBase + offset)
    // Memory Space Enable and Bus Master Enable of the command register (7.5.1.1.3).
    hostile_store16(function(slot) + 4, 0b110)
  }

  private func function(_ slot: UInt64) -> UInt64 { configuration.base + slot << 15 }
}

extension TreeNode {
  /// Two cells of `ranges` as one number.
  fileprivate func pair(_ first: Int, in tree: Span<UInt8>) -> UInt64? {
    guard let high = cell(first, of: "ranges", in: tree), let low = cell(first + 1, of: "ranges", in: tree) else {
      return nil
    }
    return UInt64(high) << 32 | UInt64(low)
  }
}
