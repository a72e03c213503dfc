import Ownership

extension PartitionReading {
  /// Where the records of one kind lie.
  public struct RecordPlaces: Sendable {
    /// What a record is called: `CPU record`.
    public let name: String
    /// Its bytes, by physical address, in the order of the records.
    public let places: [AddressRange]
  }

  /// Where every record behind the head lies, kind by kind.
  public var recordPlaces: [RecordPlaces] {
    let restarts = domains.compactMap(\.restart)
    let regions = domains.reduce(0) { $0 + $1.regions.count }
    let calls = domains.reduce(0) { $0 + $1.calls.count }
    let devices = domains.reduce(0) { $0 + $1.virtualDevices.count }
    let streams = smmus.reduce(0) { $0 + $1.streams.count }
    let kinds: [(String, Int, Int)] = [
      ("CPU record", cpus.count, PartitionOffsets.CPU.total),
      ("domain record", domains.count, PartitionOffsets.Domain.total),
      ("region record", regions, PartitionOffsets.Region.total),
      ("call range", calls, PartitionOffsets.Call.total),
      ("virtual device record", devices, PartitionOffsets.Device.total),
      ("restart record", restarts.count, PartitionOffsets.Restart.total),
      ("span", restarts.map(\.spans.count).reduce(0, +), PartitionOffsets.Span.total),
      ("copy", restarts.map(\.copies.count).reduce(0, +), PartitionOffsets.Copy.total),
      ("reset step", restarts.map(\.steps.count).reduce(0, +), PartitionOffsets.Step.total),
      ("SMMU record", smmus.count, PartitionOffsets.SMMU.total),
      ("stream record", streams, PartitionOffsets.Stream.total),
    ]
    var next = range.base + UInt64(PartitionOffsets.Head.total)
    return kinds.map { name, count, size in
      var places: [AddressRange] = []
      for _ in 0..<count {
        if let place = AddressRange(base: next, size: UInt64(size)) { places.append(place) }
        next += UInt64(size)
      }
      return RecordPlaces(name: name, places: places)
    }
  }
}
