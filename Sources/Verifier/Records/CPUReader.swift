/// Reads the CPU records.
struct CPUReader {
  private typealias CPU = PartitionOffsets.CPU

  /// Aff3 in bits 39:32, Aff2 to Aff0 in bits 23:0 (Arm DDI 0487, D19.2, MPIDR_EL1).
  private static let affinityBits: UInt64 = 0xFF_00FF_FFFF
  /// Implementer, architecture and part number: what a type of CPU decides in MIDR_EL1 (Arm DDI 0487, D19.2), without
  /// variant and revision.
  private static let typeBits: UInt32 = 0xFF0F_FFF0

  let records: RecordBytes
  /// Offset of the first record.
  let start: Int
  let count: Int

  /// The CPUs in the order of their records.
  func read() throws(VerifierError) -> [CPUReading] {
    var cpus: [CPUReading] = []
    for index in 0..<count { cpus.append(try read(index)) }
    return cpus
  }

  private func read(_ index: Int) throws(VerifierError) -> CPUReading {
    let place = start + index * CPU.total
    let affinity: UInt64 = try records.number(at: place + CPU.affinity)
    try records.require(
      affinity & ~Self.affinityBits == 0, at: place + CPU.affinity,
      "gives CPU record \(index) the affinity \(affinity.hexadecimal), with bits that are none of Aff3 to Aff0")
    let domain: UInt32 = try records.number(at: place + CPU.domain)
    let midr: UInt32 = try records.number(at: place + CPU.midr)
    let mask: UInt32 = try records.number(at: place + CPU.midrMask)
    try records.require(
      mask == 0 || mask == Self.typeBits, at: place + CPU.midrMask,
      "compares bits \(UInt64(mask).hexadecimal) of CPU record \(index)'s MIDR_EL1, not those of a type or none")
    try records.require(
      midr & ~mask == 0, at: place + CPU.midr, "gives CPU record \(index) a MIDR_EL1 with bits that are not compared")
    return CPUReading(
      affinity: affinity,
      state: try records.number(at: place + CPU.state),
      redistributor: try records.number(at: place + CPU.redistributor),
      domain: domain == CPU.noDomain ? nil : Int(domain),
      virtualIndex: try records.number(at: place + CPU.virtualIndex), midr: midr, midrMask: mask,
      releaseAddress: try records.number(at: place + CPU.releaseAddress))
  }
}
