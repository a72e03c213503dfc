import Ownership

/// Every single-bit change of some places, or a sample of them, without keeping any but one in memory.
struct BitFlips: Sendable {
  private let sites: [MutationSite]
  /// Number of the first bit of each site.
  private let starts: [Int]
  /// The bits to flip, by number; `nil` for all of them.
  private let chosen: [Int]?
  private let bitCount: Int

  /// How many mutants there are.
  var count: Int { chosen?.count ?? bitCount }

  /// Takes all bits, or `sample` of them drawn by a seed.
  init(_ sites: [MutationSite], _ extent: MutationExtent) {
    self.sites = sites
    var starts: [Int] = []
    var count = 0
    for site in sites {
      starts.append(count)
      count += site.bitCount
    }
    self.starts = starts
    bitCount = count
    switch extent {
    case .exhaustive: chosen = nil
    case .sample(let number, let seed):
      var generator = SplitMix(seed: seed)
      chosen = number < count ? (0..<number).map { _ in Int.random(in: 0..<count, using: &generator) } : nil
    }
  }

  /// The mutant of a number below `count`; `byte` reads the image at an address.
  func mutant(_ index: Int, byte: (UInt64) -> UInt8?) -> Mutant? {
    let number = chosen?[index] ?? index
    let next = starts.partitioningIndex { $0 > number }
    guard next > 0 else { return nil }
    let site = sites[next - 1]
    let offset = UInt64((number - starts[next - 1]) / 8)
    let bit = (number - starts[next - 1]) % 8
    guard let before = byte(site.memory.base + offset) else { return nil }
    return Mutant(
      name: "\(site.name), byte \(offset.hexadecimal), bit \(bit)", structure: site.structure,
      patches: [Mutant.Patch(address: site.memory.base + offset, bytes: [before ^ 1 << UInt8(bit)])])
  }
}
