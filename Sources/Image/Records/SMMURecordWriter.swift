import DeviceTree
import Diagnostics
import ImageFormat
import Partition

/// The bytes of the SMMU records, then those of the stream records.
struct SMMURecordWriter {
  /// The plan.
  let plan: Plan
  /// The CPU records.
  let cpus: [CPUAllocation]
  /// What the board has.
  let hardware: HardwareParameters

  /// Field by field, in the order of the structs of `ImageFormat`.
  func bytes(layout: HypervisorLayout, streams: StreamTables) throws(ImageError) -> [UInt8] {
    var bytes: [UInt8] = []
    var first = 0
    for (index, smmu) in plan.smmus.enumerated() {
      let table = streams.smmus[index]
      bytes.append(littleEndian: try registers(of: smmu))
      bytes.append(littleEndian: layout.smmuMemory[index])
      bytes.append(littleEndian: streams.streamTable(of: index, in: layout))
      bytes.append(littleEndian: table.format)
      bytes.append(littleEndian: UInt32(hardware.addressSize.bits))
      let event = try line(smmu.smmu.eventInterrupt, "events", smmu)
      let error = try line(smmu.smmu.errorInterrupt, "global errors", smmu)
      bytes.append(littleEndian: event.intid)
      bytes.append(littleEndian: error.intid)
      bytes.append(littleEndian: UInt32(event.isEdge ? 1 : 0) | (error.isEdge ? 2 : 0))
      bytes.append(littleEndian: UInt32(cpus.firstIndex { $0.domain == smmu.handler } ?? 0))
      bytes.append(littleEndian: UInt32(first))
      bytes.append(littleEndian: UInt32(table.blocks.count))
      first += table.blocks.count
    }
    for (index, table) in streams.smmus.enumerated() {
      for block in table.blocks {
        bytes.append(
          littleEndian: streams.entries(of: index, in: layout) + UInt64(block.firstEntry) * StreamTableEntry.size)
        for number in [Int(block.stream.id), block.idBits, block.entryCount, block.stream.domain] {
          bytes.append(littleEndian: UInt32(number))
        }
      }
    }
    return bytes
  }

  private func registers(of smmu: SMMUPlan) throws(ImageError) -> UInt64 {
    guard let registers = smmu.smmu.registers.first else {
      throw HardwareParameters.lacks("registers of \(smmu.smmu.path)", plan)
    }
    return registers.base
  }

  private func line(
    _ interrupt: ResolvedInterrupt?, _ what: String, _ smmu: SMMUPlan
  ) throws(ImageError) -> ResolvedInterrupt {
    guard let interrupt else { throw HardwareParameters.lacks("the interrupt for \(what) of \(smmu.smmu.path)", plan) }
    return interrupt
  }
}
