import ImageFormat

/// A runtime's ELF file made by hand, to be broken in many ways.
struct SyntheticRuntime {
  var machine: UInt16 = 183
  var type: UInt16 = 3
  var version = FormatVersion.current
  var stackSize: UInt32 = 4096
  var cpuStateSize: UInt32 = 256
  var domainStateSize: UInt32 = 512
  var dataSize: UInt64 = 0x1000
  var relocations: [(offset: UInt64, type: UInt64, addend: UInt64)] = [(0x1008, 1027, 0x40), (0x2010, 1027, 0x1FF8)]

  /// One page of text, one of constants, one of data; relocations behind it; section headers last.
  var bytes: [UInt8] {
    var memory = [UInt8](repeating: 0xA5, count: 0x3000)
    put(0x644D_5241 as UInt32, 56, &memory)
    for (offset, value) in [
      0: FormatVersion.runtimeMagic, 24: 0x1000, 32: 0x1000, 40: 0x1000, 48: 0x2000, 56: dataSize,
    ] {
      put(value, 64 + offset, &memory)
    }
    for (offset, value) in [8: version, 12: stackSize, 16: cpuStateSize, 20: domainStateSize] {
      put(value, 64 + offset, &memory)
    }
    let relocationStart = 0x1000 + 0x3000
    let sectionStart = relocationStart + relocations.count * 24
    var file = [UInt8](repeating: 0, count: 0x1000) + memory
    for relocation in relocations {
      for value in [relocation.offset, relocation.type, relocation.addend] { append(value, &file) }
    }
    let identification: [UInt8] = [0x7F, 0x45, 0x4C, 0x46, 2, 1, 1]
    file.replaceSubrange(0..<7, with: identification)
    for (offset, value) in [16: type, 18: machine, 54: 56, 56: 1, 58: 64, 60: 2] { put(value, offset, &file) }
    put(64 as UInt64, 32, &file)
    put(UInt64(sectionStart), 40, &file)
    // PT_LOAD, R and X.
    put(1 as UInt32, 64, &file)
    put(5 as UInt32, 68, &file)
    for (offset, value) in [8: 0x1000, 16: 0, 32: 0x3000, 40: 0x3000] as [Int: UInt64] {
      put(value, 64 + offset, &file)
    }
    file += [UInt8](repeating: 0, count: 64)
    // SHT_RELA, SHF_ALLOC.
    var section = [UInt8](repeating: 0, count: 64)
    put(4 as UInt32, 4, &section)
    for (offset, value) in [8: 2, 24: UInt64(relocationStart), 32: UInt64(relocations.count * 24)] {
      put(value, offset, &section)
    }
    return file + section
  }

  private func put<Value: FixedWidthInteger>(_ value: Value, _ offset: Int, _ bytes: inout [UInt8]) {
    for index in 0..<MemoryLayout<Value>.size {
      bytes[offset + index] = UInt8(truncatingIfNeeded: value >> Value(8 * index))
    }
  }

  private func append(_ value: UInt64, _ bytes: inout [UInt8]) {
    for index in 0..<8 { bytes.append(UInt8(truncatingIfNeeded: value >> UInt64(8 * index))) }
  }
}
