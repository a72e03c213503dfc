import HypervisorCore
import ImageFormat

/// An SMMUv3 as software sees it (Arm IHI 0070F.b, chapters 4, 6 and 7): registers that acknowledge, a command queue that
/// is carried out at once, an event queue; with the partition table that names it, and every access written down.
package final class ModelSMMU: Hardware {
  /// One access that was made, in order.
  package enum Access: Equatable {
    case register(UInt64, UInt64)
    case entry(Int, UInt64)
    case command(UInt64, UInt64)
  }

  package static var isGICv2: Bool { false }
  /// Where its registers are; nothing is there on the host.
  package static var base: UInt64 { 0x905_0000 }
  /// Stream table entries that the model has.
  package static var entryCount: Int { 128 }

  package private(set) var accesses: [Access] = []
  package private(set) var registers: [UInt64: UInt64]
  /// It does not carry out commands, nor acknowledge anything.
  package var isStuck = false
  package var counter: UInt64 = 0
  package let partition: PartitionHandle
  private let table: UnsafeMutableRawPointer
  private let memory: UnsafeMutableRawPointer
  private let entries: UnsafeMutableRawPointer

  /// - Parameter streams: blocks by first id, log2 of their length, place of the first entry, and domain.
  package init(streams: [(id: UInt32, bits: UInt32, entry: Int, domain: UInt32)]) {
    func zeroed(_ size: Int) -> UnsafeMutableRawPointer {
      let raw = UnsafeMutableRawPointer.allocate(byteCount: size, alignment: 4096)
      raw.initializeMemory(as: UInt8.self, repeating: 0, count: size)
      return raw
    }
    table = zeroed(8192)
    memory = zeroed(4096)
    entries = zeroed(Self.entryCount * 64)
    // S2P, AArch64 tables, coherent, two levels; 16 bits of stream ids, queues of 2^19; 44 bits, 4 KiB pages.
    registers = [0: 1 << 27 | 1 << 4 | 2 << 2 | 1, 4: 19 << 21 | 19 << 16 | 16, 0x14: 1 << 4 | 4, 0x60: 0x5]
    let head = table.assumingMemoryBound(to: PartitionTable.self)
    head.pointee.smmuCount = 1
    head.pointee.streamCount = UInt32(streams.count)
    head.pointee.smmusOffset = 4096
    head.pointee.streamsOffset = 4096 + UInt32(MemoryLayout<SMMURecord>.stride)
    let record = table.advanced(by: 4096).assumingMemoryBound(to: SMMURecord.self)
    record.pointee.registers = Self.base
    record.pointee.memory = UInt64(UInt(bitPattern: memory))
    record.pointee.streamTable = 0x4021_6000
    record.pointee.streamTableFormat = 16 | 6 << 6 | 1 << 16
    record.pointee.physicalAddressBits = 40
    record.pointee.eventINTID = 106
    record.pointee.errorINTID = 109
    record.pointee.edges = 3
    record.pointee.streamCount = UInt32(streams.count)
    for (index, stream) in streams.enumerated() {
      let offset = Int(head.pointee.streamsOffset) + index * MemoryLayout<StreamRecord>.stride
      let record = table.advanced(by: offset).assumingMemoryBound(to: StreamRecord.self)
      record.pointee.entries = UInt64(UInt(bitPattern: entries)) + UInt64(stream.entry * 64)
      record.pointee.id = stream.id
      record.pointee.idBits = stream.bits
      record.pointee.entryCount = min(1 << stream.bits, 64)
      record.pointee.domain = stream.domain
    }
    partition = PartitionHandle(UnsafePointer(head))
  }

  deinit {
    table.deallocate()
    memory.deallocate()
    entries.deallocate()
  }

  /// The runtime's handle on it.
  package var handle: SMMUHandle<ModelSMMU> { SMMUHandle(self, partition, 0) }

  /// The first word of an entry.
  package func entry(_ index: Int) -> UInt64 { entries.load(fromByteOffset: index * 64, as: UInt64.self) }

  /// Sets a register as the hardware would.
  package func set(_ register: UInt64, _ value: UInt64) { registers[register] = value }

  /// Forgets what was written down.
  package func forget() { accesses = [] }

  /// Puts an event into the queue, unless it is full: then OVFLG says so (7.4).
  package func record(_ words: (UInt64, UInt64, UInt64)) {
    let producer = registers[0x1_00A8] ?? 0
    let consumer = registers[0x1_00AC] ?? 0
    guard (producer ^ consumer) & 0x7F != 0x40 else {
      registers[0x1_00A8] = producer & 0x7F | ~consumer & 1 << 31
      return
    }
    let place = Int(producer & 0x3F) * 32
    memory.storeBytes(of: words.0, toByteOffset: place, as: UInt64.self)
    memory.storeBytes(of: words.1, toByteOffset: place + 8, as: UInt64.self)
    memory.storeBytes(of: words.2, toByteOffset: place + 16, as: UInt64.self)
    registers[0x1_00A8] = (producer & ~0x7F) | (producer + 1) & 0x7F
  }

  /// A translation fault, as of a device's access.
  package func fault(stream: UInt32, at address: UInt64, isRead: Bool) {
    record((UInt64(stream) << 32 | 0x10, isRead ? 1 << 35 : 0, address))
  }

  package func load32(_ address: UInt64) -> UInt32 {
    UInt32(truncatingIfNeeded: registers[address &- Self.base] ?? 0)
  }
  package func store32(_ address: UInt64, _ value: UInt32) { write(address &- Self.base, UInt64(value)) }
  package func store8(_ address: UInt64, _ value: UInt8) {}
  package func load64(_ address: UInt64) -> UInt64 {
    UnsafePointer<UInt64>(bitPattern: UInt(address))?.pointee ?? 0
  }

  package func store64(_ address: UInt64, _ value: UInt64) {
    if address &- Self.base < 0x2_0000 { return write(address &- Self.base, value) }
    UnsafeMutablePointer<UInt64>(bitPattern: UInt(address))?.pointee = value
    let offset = address &- UInt64(UInt(bitPattern: entries))
    if offset < UInt64(Self.entryCount * 64) { accesses.append(.entry(Int(offset / 64), value)) }
  }

  private func write(_ register: UInt64, _ value: UInt64) {
    accesses.append(.register(register, value))
    registers[register] = value
    if isStuck { return }
    switch register {
    case 0x20, 0x50: registers[register + 4] = value
    case 0x44: registers[register] = value & ~(1 << 31)
    case 0x98: carryOut(upTo: value)
    default: break
    }
  }

  private func carryOut(upTo producer: UInt64) {
    guard (registers[0x20] ?? 0) & 1 << 3 != 0 else { return }
    var consumer = registers[0x9C] ?? 0
    while consumer & 0x1F != producer & 0x1F {
      let place = 2048 + Int(consumer & 0xF) * 16
      let low = memory.load(fromByteOffset: place, as: UInt64.self)
      accesses.append(.command(low, memory.load(fromByteOffset: place + 8, as: UInt64.self)))
      consumer = (consumer + 1) & 0x1F
    }
    registers[0x9C] = consumer
  }

  package func completeStores() {}
  package func listRegister(_ index: Int) -> UInt64 { 0 }
  package func setListRegister(_ index: Int, _ value: UInt64) {}
  package var emptyListRegisters: UInt32 { 0 }
  package func setInterfaceControl(_ value: UInt64) {}
  package func kick(_ cpu: CPURecord) {}
  package func setTimer(_ deadline: UInt64?) {}
}
