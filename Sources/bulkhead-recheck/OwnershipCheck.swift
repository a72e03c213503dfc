/// Sees to it that nothing has two owners, and that only a channel has several parties.
struct OwnershipCheck {
  private var end: UInt64?
  private var units: Set<String> = []
  private var streams: [String: [(id: UInt64, mask: UInt64)]] = [:]

  /// Takes a run of addresses, which lies behind the one before it; its owner.
  mutating func add(_ range: ClosedRange<UInt64>, _ line: inout Line) throws -> String {
    guard range.lowerBound & 0xFFF == 0, range.upperBound & 0xFFF == 0xFFF else {
      throw line.refused("this is no run of whole pages")
    }
    if let end, range.lowerBound <= end { throw line.refused("this run starts before the one above it has ended") }
    end = range.upperBound
    return try owner(&line)
  }

  /// Takes anything else, which nobody has yet.
  mutating func add(_ kind: String, _ line: inout Line) throws {
    var unit = kind
    switch kind {
    case "interrupt", "colour": unit += " \(try line.decimal())"
    case "cpu": unit += " \(try line.hexadecimal())"
    case "call": unit += " \(try line.range()) \(try line.hexadecimal()) \(try line.hexadecimal())"
    case "provider": unit += " \(try line.name())"
    default:
      let smmu = try line.name()
      let stream = (id: try line.hexadecimal(), mask: try line.hexadecimal())
      // Two streams are one to the SMMU if they agree in every bit that counts for both.
      for other in streams[smmu, default: []] where (stream.id ^ other.id) & ~(stream.mask | other.mask) == 0 {
        throw line.refused("this stream is not distinct from stream 0x\(String(other.id, radix: 16)) above")
      }
      streams[smmu, default: []].append(stream)
      unit += " \(smmu) \(stream)"
    }
    guard units.insert(unit).inserted else { throw line.refused("this stands there twice") }
    let owner = try owner(&line, isCall: kind == "call")
    guard kind != "call" || owner == "firmware" else { throw line.refused("only firmware answers calls") }
  }

  /// The owner, which alone may do something. A channel has several domains: one may write, none execute. A call to
  /// firmware has the domains that may make it.
  private func owner(_ line: inout Line, isCall: Bool = false) throws -> String {
    let owner = try line.party()
    let isChannel = owner.hasPrefix("channel ")
    let possible = isCall ? ["x"] : isChannel ? ["r", "w", "rw"] : ["r", "w", "x", "rw", "rx", "wx", "rwx"]
    var parties: Set<String> = []
    var writers = 0
    while !line.isAtEnd {
      let (party, rights) = (try line.party(), try line.word())
      // The hypervisor writes one, the health page.
      let isWritten = isChannel && party == "hypervisor" && rights == "rw"
      let isParty = isChannel || isCall ? party.hasPrefix("domain ") || isWritten : party == owner && owner != "nobody"
      guard isParty, possible.contains(rights), parties.insert(party).inserted else {
        throw line.refused("\(party) cannot have the rights \(rights) on what belongs to \(owner)")
      }
      writers += rights.contains("w") ? 1 : 0
    }
    guard !isChannel || writers == 1 else { throw line.refused("\(owner) has \(writers) writers") }
    return owner
  }
}
