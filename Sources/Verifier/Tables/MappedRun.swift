import Ownership

/// Leaves of one set of tables that follow one another in input and in output and have the same attributes, as one.
public struct MappedRun: Hashable, Sendable {
  /// The input addresses: guest addresses at stage 2.
  public let input: AddressRange
  /// The output addresses, as many: physical.
  public let output: AddressRange
  /// What the descriptors say beside type and address: bits 63:50 and 11:2 (Arm DDI 0487, D8.3), but for the Contiguous
  /// hint in bit 52, which changes nothing about what is mapped.
  public let attributes: UInt64
  /// Physical address of the first descriptor.
  public let place: UInt64

  /// The bits of a block or page descriptor that `attributes` keeps.
  static let attributeMask: UInt64 = 0xFFEC_0000_0000_0FFC

  /// Joins leaves that come in the order of their input addresses. Takes time linear in the leaves.
  static func runs(of leaves: [Leaf]) -> [MappedRun] {
    var runs: [MappedRun] = []
    var open: MappedRun?
    for leaf in leaves {
      guard let next = MappedRun(leaf) else { continue }
      if let run = open, let joined = run.joined(with: next) {
        open = joined
      } else {
        if let run = open { runs.append(run) }
        open = next
      }
    }
    if let run = open { runs.append(run) }
    return runs
  }

  private init(input: AddressRange, output: AddressRange, attributes: UInt64, place: UInt64) {
    self.input = input
    self.output = output
    self.attributes = attributes
    self.place = place
  }

  private init?(_ leaf: Leaf) {
    guard let input = AddressRange(base: leaf.input, size: leaf.size),
      let output = AddressRange(base: leaf.output, size: leaf.size)
    else { return nil }
    self.init(
      input: input, output: output, attributes: leaf.descriptor & Self.attributeMask, place: leaf.place)
  }

  private func joined(with next: MappedRun) -> MappedRun? {
    guard attributes == next.attributes, input.last != .max, output.last != .max, input.last + 1 == next.input.base,
      output.last + 1 == next.output.base, let input = input.merged(with: next.input),
      let output = output.merged(with: next.output)
    else { return nil }
    return MappedRun(input: input, output: output, attributes: attributes, place: place)
  }
}
