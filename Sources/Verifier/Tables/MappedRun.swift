import Ownership

/// Leaves of one set of tables that follow one another in input and in output and have the same attributes, as one.
///
/// The runs of a walk say the same as its leaves but for the sizes of blocks; there are seldom more than a few.
public struct MappedRun: Hashable, Sendable {
  /// The input addresses: guest addresses at stage 2.
  public let input: AddressRange
  /// The output addresses, as many: physical.
  public let output: AddressRange
  /// What the descriptors say beside type and address: bits 63:50 and 11:2 (Arm DDI 0487J.a, D8.3), but for the
  /// Contiguous bit 52, which changes nothing about what is mapped.
  public let attributes: UInt64
  /// The first descriptor.
  public let descriptor: UInt64
  /// Physical address of the first descriptor.
  public let place: UInt64

  /// Where an input address leads; `nil` if it is not in the run.
  public func output(of address: UInt64) -> UInt64? {
    input.contains(address) ? output.base + (address - input.base) : nil
  }

  /// Joins leaves that come in the order of their input addresses. Takes time linear in the leaves.
  ///
  /// Neither input nor output of a leaf passes 48 bits by more than its size, so that no sum overflows.
  static func runs(of leaves: [Leaf]) -> [MappedRun] {
    var runs: [MappedRun] = []
    guard var first = leaves.first else { return [] }
    var size: UInt64 = 0
    for leaf in leaves {
      let isNext = leaf.input == first.input + size && leaf.output == first.output + size
      if isNext, (leaf.descriptor ^ first.descriptor) & DescriptorBits.attributes == 0 {
        size += leaf.size
      } else {
        if let run = MappedRun(first, size: size) { runs.append(run) }
        first = leaf
        size = leaf.size
      }
    }
    if let run = MappedRun(first, size: size) { runs.append(run) }
    return runs
  }

  private init?(_ first: Leaf, size: UInt64) {
    guard let input = AddressRange(base: first.input, size: size),
      let output = AddressRange(base: first.output, size: size)
    else { return nil }
    self.input = input
    self.output = output
    attributes = first.descriptor & DescriptorBits.attributes
    descriptor = first.descriptor
    place = first.place
  }
}
