@testable import ImageFormat

/// What a domain of the model has.
struct ModelDomain {
  var name: String
  var cpus: Int
  var lines: [Int] = []
  var edges: [Int] = []
  var console: UInt32 = 0
  var criticality: UInt32 = 0
  var regions: [RegionRecord] = [RegionRecord(guest: 0x4000_0000, size: 0x100_0000)]
  var calls: [CallRange] = []
  /// Identification registers as the domain sees them, by CRm × 8 + op2.
  var identification: [Int: UInt64] = [:]
}
