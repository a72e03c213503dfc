import ImageFormat

// Before any domain runs (Arm IHI 0070F.b, 3.11 "Reset, Enable and initialization").
extension SMMUHandle {
  /// Something that the image relies on and this SMMU lacks, with what it has; nil if it lacks nothing.
  public var difference: (what: StaticString, planned: UInt64, found: UInt64)? {
    let first = load(SMMURegister.identification0)
    // S2P (0), TTF (3:2) with AArch64 tables, COHACC (4) (6.3.1).
    if first & 0x19 != 0x19 { return ("stage 2, AArch64 tables or coherent walks (SMMU_IDR0)", 0x19, UInt64(first)) }
    // STALL_MODEL (25:24) 0b10 forces stalls; TTENDIAN (22:21) 0b11 is big-endian alone.
    if first >> 24 & 3 == 2 || first >> 21 & 3 == 3 {
      return ("stall model and endianness of the SMMU (SMMU_IDR0)", 0, UInt64(first))
    }
    if record.streamTableFormat >> 16 != 0, first >> 27 & 3 == 0 {
      return ("levels of stream tables (SMMU_IDR0.ST_LEVEL)", 1, 0)
    }
    let second = load(SMMURegister.identification1)
    // QUEUES_PRESET (29) and TABLES_PRESET (30): EL2 could not place its own (6.3.2).
    if second >> 29 & 3 != 0 { return ("preset tables or queues of the SMMU (SMMU_IDR1)", 0, UInt64(second)) }
    let bits = record.streamTableFormat & 0x3F
    if second & 0x3F < bits { return ("bits of a stream id (SMMU_IDR1.SIDSIZE)", UInt64(bits), UInt64(second & 0x3F)) }
    if second >> 21 & 0x1F < UInt32(SMMUMemory.commandBits) || second >> 16 & 0x1F < UInt32(SMMUMemory.eventBits) {
      return ("size of the SMMU's queues (SMMU_IDR1)", 0, UInt64(second))
    }
    let fifth = load(SMMURegister.identification5)
    if fifth >> 4 & 1 == 0 { return ("4 KiB pages of the SMMU (SMMU_IDR5.GRAN4K)", 1, 0) }
    let size = Self.outputBits(fifth & 7)
    let planned = UInt64(record.physicalAddressBits)
    return size < planned ? ("bits of the SMMU's output addresses (SMMU_IDR5.OAS)", planned, size) : nil
  }

  /// SMMU_IDR5.OAS (6.3.6).
  private static func outputBits(_ field: UInt32) -> UInt64 {
    switch field {
    case 0: 32
    case 1: 36
    case 2: 40
    case 3: 42
    case 4: 44
    case 5: 48
    default: 52
    }
  }

  /// From whatever a boot loader left to translating by the image's tables; nothing passes in between.
  ///
  /// - Returns: false if the SMMU does not do what it is told.
  public func start() -> Bool {
    store(SMMURegister.globalBypass, SMMURegister.update | SMMURegister.abort)
    guard wait(SMMURegister.globalBypass, SMMURegister.update, for: 0), set(SMMURegister.control0, 0),
      set(SMMURegister.interruptControl, 0)
    else { return false }
    store(SMMURegister.control1, SMMURegister.cacheableTables)
    store(SMMURegister.control2, SMMURegister.recordAndKeepApart)
    // RA and WA (bit 62): allocation hints.
    store64(SMMURegister.streamTable, 1 << 62 | record.streamTable)
    store(SMMURegister.streamTableFormat, record.streamTableFormat)
    store64(SMMURegister.commandQueue, 1 << 62 | record.memory + SMMUMemory.commands | SMMUMemory.commandBits)
    store(SMMURegister.commandProducer, 0)
    store(SMMURegister.commandConsumer, 0)
    guard set(SMMURegister.control0, SMMURegister.commandsOn) else { return false }
    send(.forgetEveryStream)
    send(.forgetEveryTranslation)
    guard synchronize() else { return false }
    store64(SMMURegister.eventQueue, 1 << 62 | record.memory + SMMUMemory.events | SMMUMemory.eventBits)
    store(SMMURegister.eventProducer, 0)
    store(SMMURegister.eventConsumer, 0)
    // Lines, no messages; and what went wrong before is nobody's business.
    store64(SMMURegister.globalErrorMessage, 0)
    store64(SMMURegister.eventMessage, 0)
    store(SMMURegister.globalErrorAcknowledge, load(SMMURegister.globalError))
    let working = SMMURegister.commandsOn | SMMURegister.eventsOn | SMMURegister.checkTranslated
    return set(SMMURegister.control0, working)
      && set(SMMURegister.interruptControl, SMMURegister.eventAndErrorLines)
      && set(SMMURegister.control0, working | SMMURegister.translate)
  }

  /// Writes SMMU_CR0 or SMMU_IRQ_CTRL; the register behind each says when that has taken effect (6.3.10, 6.3.17).
  func set(_ register: UInt64, _ value: UInt32) -> Bool {
    store(register, value)
    return wait(register + 4, for: value)
  }
}
