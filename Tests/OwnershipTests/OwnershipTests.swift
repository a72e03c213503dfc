import Ownership
import Testing
import TestSupport

@Suite("The ownership map")
struct OwnershipTests {
  private let left = Claim(.domain("left"), [.read, .write])
  private let right = Claim(.domain("right"), [.read, .write])

  private func range(_ base: UInt64, _ size: UInt64) throws -> AddressRange {
    try #require(AddressRange(base: base, size: size))
  }

  @Test("names both claims and the shared part when two domains claim one page of RAM")
  func memoryConflict() throws {
    var map = Ownership()
    #expect(map.insert(.memory(try range(0x4000_0000, 0x20_0000)), left).isEmpty)
    let conflicts = map.insert(.memory(try range(0x401F_F000, 0x2000)), right)
    let shared = Resource.memory(try range(0x401F_F000, 0x1000))
    #expect(conflicts == [OwnershipConflict(shared, existing: left, incoming: right)])
    #expect(map.claim(at: 0x401F_F000) == left)
    #expect(map.claim(at: 0x4020_0000) == right)
  }

  @Test("refuses registers over RAM even within one domain")
  func registersOverMemory() throws {
    var map = Ownership()
    #expect(map.insert(.memory(try range(0x4000_0000, 0x10000)), left).isEmpty)
    let conflicts = map.insert(.device(try range(0x4000_8000, 0x1000)), left)
    #expect(conflicts.map(\.resource) == [.memory(try range(0x4000_8000, 0x1000))])
  }

  @Test("takes regions that touch, and the same claim twice, without complaint")
  func harmless() throws {
    let claims: [(Resource, Claim)] = [
      (.memory(try range(0x1000, 0x1000)), left), (.memory(try range(0x2000, 0x1000)), right),
      (.interrupt(33), left), (.interrupt(33), left), (.cpu(affinity: 0x100), right),
      (.memory(try range(0x1000, 0x1000)), left),
    ]
    let (map, conflicts) = Ownership.collecting(claims)
    #expect(conflicts.isEmpty)
    #expect(map.entries.count == 4)
  }

  @Test("gives an interrupt, a CPU, a provider, a call and a colour to one owner only")
  func units() {
    let resources: [Resource] = [
      .interrupt(33), .cpu(affinity: 0), .provider("/clock"), .call(0xC200_0001...0xC200_0001, mask: 0, value: 0),
      .colour(3),
    ]
    for resource in resources {
      let (map, conflicts) = Ownership.collecting([(resource, left), (resource, right)])
      #expect(conflicts == [OwnershipConflict(resource, existing: left, incoming: right)])
      #expect(map.claim(on: resource) == left)
    }
  }

  @Test("tells equal stream ids apart by SMMU, and sees through masks on the same one")
  func streams() {
    var map = Ownership()
    #expect(map.insert(.stream(smmu: "/smmu@1", id: 0x800, mask: 0), left).isEmpty)
    #expect(map.insert(.stream(smmu: "/smmu@2", id: 0x800, mask: 0), right).isEmpty)
    #expect(map.insert(.stream(smmu: "/smmu@1", id: 0x801, mask: 0), right).isEmpty)
    let masked = map.insert(.stream(smmu: "/smmu@1", id: 0x8F0, mask: 0xFF), right)
    #expect(masked.map(\.existing) == [left])
    #expect(masked.map(\.resource) == [.stream(smmu: "/smmu@1", id: 0x800, mask: 0)])
  }

  @Test("is the same whatever the order of the claims, where none of them clash")
  func orderIndependence() throws {
    var generator = SeededGenerator(seed: 77)
    var claims: [(Resource, Claim)] = []
    for index: UInt64 in 0..<40 {
      claims.append((.memory(try range(index * 0x3000, 0x2000)), index.isMultiple(of: 3) ? left : right))
      claims.append((.interrupt(UInt32(32 + index)), left))
      claims.append((.stream(smmu: "/smmu@\(index % 3)", id: UInt32(index), mask: 0), right))
    }
    let reference = Ownership.collecting(claims).map
    for _ in 0..<50 {
      claims.shuffle(using: &generator)
      var map = Ownership()
      for (resource, claim) in claims { #expect(map.insert(resource, claim).isEmpty) }
      #expect(map == reference)
      #expect(map.differences(from: reference).isEmpty)
    }
  }

  @Test("compares both ways: missing, extra, other rights, other owner, registers for RAM")
  func comparison() throws {
    let readOnly = Claim(.domain("left"), [.read])
    let plan = Ownership.collecting([
      (.memory(try range(0x1000, 0x3000)), left), (.memory(try range(0x8000, 0x1000)), left), (.interrupt(40), left),
      (.cpu(affinity: 1), left),
    ]).map
    let bytes = Ownership.collecting([
      (.memory(try range(0x1000, 0x1000)), left), (.memory(try range(0x2000, 0x1000)), readOnly),
      (.device(try range(0x8000, 0x1000)), left), (.interrupt(41), left), (.cpu(affinity: 1), right),
    ]).map
    #expect(
      plan.differences(from: bytes) == [
        .different(.memory(try range(0x2000, 0x1000)), expected: left, found: readOnly),
        .missing(.memory(try range(0x3000, 0x1000)), expected: left),
        .missing(.memory(try range(0x8000, 0x1000)), expected: left),
        .extra(.device(try range(0x8000, 0x1000)), found: left),
        .missing(.interrupt(40), expected: left), .extra(.interrupt(41), found: left),
        .different(.cpu(affinity: 1), expected: left, found: right),
      ])
  }

  @Test("sees that a channel's reader was given the right to write")
  func channelRights() throws {
    let pages = Resource.memory(try range(0x4000, 0x1000))
    let readers = [Access(.domain("b"), .read), Access(.domain("a"), [.read, .write])]
    let declared = Claim(.channel("telemetry"), access: readers)
    let decoded = Claim(
      .channel("telemetry"), access: [Access(.domain("a"), [.read, .write]), Access(.domain("b"), [.read, .write])])
    #expect(declared.rights(of: .domain("b")) == .read)
    #expect(declared.rights(of: .domain("c")).isEmpty)
    let plan = Ownership.collecting([(pages, declared)]).map
    let bytes = Ownership.collecting([(pages, decoded)]).map
    #expect(plan.differences(from: bytes) == [.different(pages, expected: declared, found: decoded)])
  }
}
