/// A walk through translation tables as the hardware does it, written from Arm DDI 0487J.a, D8.2 and D8.3, and from
/// nothing in the compiler: 4 KiB granule, 48-bit descriptors, tables in one piece of memory.
struct TableWalker {
  /// Which translation stage's descriptors these are.
  enum Stage { case el2, stage2 }

  /// What the walk ends at.
  struct Leaf: Equatable {
    var output: UInt64
    let size: UInt64
    let access: Access
  }

  /// What may be done there, and as what kind of memory.
  struct Access: Hashable, CustomStringConvertible {
    var isReadable: Bool
    var isWritable: Bool
    var isExecutable: Bool
    var memory: String

    var description: String {
      "\(memory) \(isReadable ? "r" : "-")\(isWritable ? "w" : "-")\(isExecutable ? "x" : "-")"
    }
  }

  /// Memory that holds the tables.
  let memory: [UInt8]
  /// Physical address of its first byte.
  let base: UInt64
  /// TTBR0_EL2 or VTTBR_EL2 (its VMID is not looked at).
  let root: UInt64
  /// TCR_EL2 or VTCR_EL2.
  let control: UInt64
  let stage: Stage
  /// MAIR_EL2, at stage 1.
  var memoryAttributes: UInt64 = 0

  private var inputBits: Int { 64 - Int(control & 0x3F) }

  private var startLevel: Int {
    switch stage {
    case .el2: inputBits > 39 ? 0 : inputBits > 30 ? 1 : 2
    case .stage2: 2 - Int(control >> 6 & 0b11)
    }
  }

  /// Entries of the root: concatenated tables have more than 512 (D8.2.2), small address spaces fewer.
  private var rootEntries: UInt64 { UInt64(1) << UInt64(inputBits - (39 - 9 * startLevel)) }

  /// Bits below the root's alignment, which is its size and 64 bytes at least, are not part of its address.
  private var rootAddress: UInt64 { root & 0x0000_FFFF_FFFF_FFFF & ~(max(64, rootEntries * 8) - 1) }

  /// Where an address leads, or `nil` for a translation fault.
  func walk(_ input: UInt64) -> Leaf? {
    guard input >> UInt64(inputBits) == 0 else { return nil }
    var table = rootAddress
    var level = startLevel
    while true {
      let shift = UInt64(39 - 9 * level)
      // Concatenated tables: the first lookup's index has more than nine bits.
      let mask: UInt64 = level == startLevel ? .max : 0x1FF
      let descriptor = word(at: table + (input >> shift & mask) * 8)
      guard descriptor & 1 == 1 else { return nil }
      let isTableOrPage = descriptor & 2 == 2
      if level == 3 || !isTableOrPage {
        guard isTableOrPage == (level == 3), level != 0 else { return nil }
        guard descriptor >> 10 & 1 == 1 else { return nil }
        let offsetMask = (UInt64(1) << shift) - 1
        let output = descriptor & 0x0000_FFFF_FFFF_F000
        guard output & offsetMask == 0 else { return nil }
        return Leaf(output: output | (input & offsetMask), size: offsetMask + 1, access: access(of: descriptor))
      }
      table = descriptor & 0x0000_FFFF_FFFF_F000
      level += 1
    }
  }

  /// Every leaf in the tables with the address that leads to it, in address order.
  func leaves() -> [(input: UInt64, leaf: Leaf)] {
    var found: [(input: UInt64, leaf: Leaf)] = []
    var pending: [(table: UInt64, level: Int, input: UInt64, entries: UInt64)] = []
    pending.append((rootAddress, startLevel, 0, rootEntries))
    while let (table, level, input, entries) = pending.popLast() {
      let shift = UInt64(39 - 9 * level)
      for index in 0..<entries {
        let descriptor = word(at: table + index * 8)
        let address = input + index << shift
        switch descriptor & 3 {
        case 3 where level < 3: pending.append((descriptor & 0x0000_FFFF_FFFF_F000, level + 1, address, 512))
        case 0, 2: continue
        default: if let leaf = walk(address) { found.append((address, leaf)) }
        }
      }
    }
    return found.sorted { $0.input < $1.input }
  }

  private func access(of descriptor: UInt64) -> Access {
    switch stage {
    case .stage2:
      // D8.4: S2AP in bits 7:6, XN in bit 54 (and 53 with FEAT_XNX); D8.6: MemAttr in bits 5:2 without FEAT_S2FWB.
      let kinds: [UInt64: String] = [0b1111: "write-back", 0b0101: "non-cacheable", 0b0001: "nGnRE", 0b0000: "nGnRnE"]
      return Access(
        isReadable: descriptor >> 6 & 1 == 1, isWritable: descriptor >> 7 & 1 == 1,
        isExecutable: descriptor >> 53 & 0b11 == 0, memory: kinds[descriptor >> 2 & 0xF] ?? "unknown")
    case .el2:
      let attribute = memoryAttributes >> ((descriptor >> 2 & 0b111) * 8) & 0xFF
      let kinds: [UInt64: String] = [0xFF: "write-back", 0x44: "non-cacheable", 0x04: "nGnRE", 0x00: "nGnRnE"]
      return Access(
        isReadable: true, isWritable: descriptor >> 7 & 1 == 0, isExecutable: descriptor >> 54 & 1 == 0,
        memory: kinds[attribute] ?? "unknown")
    }
  }

  private func word(at address: UInt64) -> UInt64 {
    guard address >= base, address - base + 8 <= UInt64(memory.count) else { return 0 }
    return memory.withUnsafeBytes { bytes in
      UInt64(littleEndian: bytes.loadUnaligned(fromByteOffset: Int(address - base), as: UInt64.self))
    }
  }
}
