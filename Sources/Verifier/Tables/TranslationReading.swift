import Diagnostics
import Ownership

/// A set of translation tables, walked down to every leaf.
public struct TranslationReading: Sendable {
  /// Bits of the input address (64 - TnSZ).
  public let inputBits: Int
  /// Level of the first lookup.
  public let startLevel: Int
  /// Bits of an output address by the PS field.
  public let outputBits: Int
  /// The root, concatenated tables included, by physical address.
  public let root: AddressRange
  /// Physical addresses of the tables below the root, each once for each time that a descriptor leads to it.
  public let tables: [UInt64]
  /// Where each of these tables is in the walk, by its address: what another map may share it for.
  let places: [UInt64: TablePlace]
  /// Every valid block and page, by input address.
  public let leaves: [Leaf]
  /// The leaves, joined where they follow one another: few, however many leaves there are.
  public let runs: [MappedRun]
  /// How many descriptors were read, those that are zero included.
  public let entries: Int
  /// What is malformed: entries that are neither valid nor zero, tables outside the image, bad controls.
  public let findings: [Finding]

  /// Takes what a walk found; joins the leaves, which come by input address.
  init(
    inputBits: Int, startLevel: Int, outputBits: Int = 48, root: AddressRange, tables: [UInt64],
    places: [UInt64: TablePlace] = [:], leaves: [Leaf], entries: Int = 0, findings: [Finding]
  ) {
    self.inputBits = inputBits
    self.startLevel = startLevel
    self.outputBits = outputBits
    self.root = root
    self.tables = tables
    self.places = places
    self.leaves = leaves
    self.entries = entries
    self.findings = findings
    runs = MappedRun.runs(of: leaves)
  }

  /// The run that holds an input address; `nil` for one that is not mapped. Takes O(log n).
  public func run(at address: UInt64) -> MappedRun? {
    let index = runs.partitioningIndex { $0.input.last >= address }
    return index < runs.count && runs[index].input.contains(address) ? runs[index] : nil
  }

  /// Where a range of input addresses leads, if one run holds all of it; `nil` otherwise.
  public func outputs(of range: AddressRange) -> AddressRange? {
    guard let run = run(at: range.base), run.input.contains(range), let base = run.output(of: range.base) else {
      return nil
    }
    return AddressRange(base: base, size: range.size)
  }

  /// Where a range of input addresses leads, in its order: as few runs as there are; `nil` if not all of it is mapped, or
  /// not all with the same attributes.
  public func outputRuns(of range: AddressRange) -> [AddressRange]? {
    var index = runs.partitioningIndex { $0.input.last >= range.base }
    guard index < runs.count else { return nil }
    let attributes = runs[index].attributes
    var outputs: [AddressRange] = []
    var next: UInt64? = range.base
    while let address = next, address <= range.last {
      guard index < runs.count, runs[index].input.contains(address), runs[index].attributes == attributes,
        let part = AddressRange(base: address, last: min(runs[index].input.last, range.last)),
        let output = part.moved(from: runs[index].input.base, to: runs[index].output.base)
      else { return nil }
      outputs.append(output)
      next = part.end
      index += 1
    }
    return outputs
  }
}
