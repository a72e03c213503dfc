import ImageFormat

// Commands, and the one word of a table that changes while domains run.
extension SMMUHandle {
  /// First word of an entry that leads to the domain's tables: V, and Config for stage 2 (Arm IHI 0070F.b, 5.2).
  static var translated: UInt64 { 0b110 << 1 | 1 }
  /// First word of an entry whose transactions end at once: V, and Config 0b000, with which nothing is recorded either, so
  /// that a device that goes on trying costs nobody anything.
  static var stopped: UInt64 { 1 }

  /// Lets the streams of a domain pass, or stops them. When it returns true, no transaction of before is under way.
  ///
  /// - Parameters:
  ///   - domain: its index; its VMID is one more.
  ///   - deadline: value of the counter until which another CPU's commands are waited for.
  /// - Returns: false if the SMMU did not confirm it in time.
  public func setStreams(of domain: UInt32, pass: Bool, deadline: UInt64) -> Bool {
    var isDone = false
    state.lock.alone(unless: { hardware.counter > deadline }) {
      forEachBlock(of: domain) { block in
        for entry in 0..<UInt64(block.entryCount) {
          hardware.store64(block.entries + entry * 64, pass ? Self.translated : Self.stopped)
        }
      }
      hardware.completeStores()
      forEachBlock(of: domain) { send(.forget(stream: $0.id, bits: $0.idBits)) }
      send(.forgetTranslations(of: UInt64(domain) + 1))
      isDone = synchronize()
    }
    return isDone
  }

  /// Whether a domain has streams here.
  public func hasStreams(of domain: UInt32) -> Bool {
    var found = false
    forEachBlock(of: domain) { _ in found = true }
    return found
  }

  /// The domain that has a stream, by index; nil for nobody.
  public func domain(of stream: UInt32) -> UInt32? {
    for index in 0..<record.streamCount {
      let block = partition.stream(record.firstStream + index)
      if UInt64(stream ^ block.id) >> UInt64(block.idBits) == 0 { return block.domain }
    }
    return nil
  }

  private func forEachBlock(of domain: UInt32, _ body: (StreamRecord) -> Void) {
    for index in 0..<record.streamCount {
      let block = partition.stream(record.firstStream + index)
      if block.domain == domain { body(block) }
    }
  }

  /// Puts a command into the queue; one is always free, or comes free within a bound.
  func send(_ command: SMMUCommand) {
    // An index and above it the bit that changes with each round (3.5.1).
    let mask = UInt32(2) << UInt32(SMMUMemory.commandBits) - 1
    let producer = load(SMMURegister.commandProducer) & mask
    let oldest = producer ^ (mask + 1) >> 1
    for _ in 0..<100_000 where load(SMMURegister.commandConsumer) & mask != oldest { break }
    let place = record.memory + SMMUMemory.commands + UInt64(producer & mask >> 1) * 16
    hardware.store64(place, command.low)
    hardware.store64(place + 8, command.high)
    hardware.completeStores()
    store(SMMURegister.commandProducer, (producer + 1) & mask)
  }

  /// Waits within a bound until all commands have taken effect.
  func synchronize() -> Bool {
    send(.synchronize)
    let mask = UInt32(2) << UInt32(SMMUMemory.commandBits) - 1
    return wait(SMMURegister.commandConsumer, mask, for: load(SMMURegister.commandProducer) & mask)
  }
}
