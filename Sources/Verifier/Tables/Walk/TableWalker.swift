import Diagnostics
import Ownership

/// Walks VMSAv8-64 tables with a 4 KiB granule down to every leaf, as the hardware would (Arm DDI 0487J.a, D8.2), and
/// notes every entry that is not exactly a valid one or zero.
///
/// Each table is read in one pass. Depth is bounded by the four levels, work by the budget.
struct TableWalker {
  private let image: MemoryImage
  private let translation: Translation
  private let controls: WalkControls
  /// Where tables may lie.
  private let window: AddressRange
  /// How the hypervisor's pages are counted: places of tables, and outputs of pages, are told in EL2's order.
  private let placement: PagePlacement?
  private var budget: TableBudget
  /// Tables of a map that was walked before, which this one may lead to at just the same places.
  private let shareable: [UInt64: TablePlace]
  private var tables: [UInt64] = []
  private var places: [UInt64: TablePlace] = [:]
  private var leaves: [Leaf] = []
  private var entries = 0
  private var findings: CappedFindings

  /// Walks from a root.
  ///
  /// - Parameters:
  ///   - base: TTBR0_EL2 or VTTBR_EL2.
  ///   - control: TCR_EL2 or VTCR_EL2.
  ///   - window: the hypervisor's memory, where all tables have to lie.
  ///   - shareable: tables of another map that this one may share, each for what it is for there.
  ///   - placement: how the hypervisor's pages are counted; `nil` for their physical order.
  ///   - budget: what may still be read.
  /// - Throws: `VerifierError` if no walk can start.
  static func walk(
    _ translation: Translation, base: UInt64, control: UInt64, in image: MemoryImage, window: AddressRange,
    shareable: [UInt64: TablePlace] = [:], placement: PagePlacement? = nil, budget: inout TableBudget
  ) throws(VerifierError) -> TranslationReading {
    let controls = try WalkControls(translation, base: base, control: control)
    let isTorn = placement?.isScattered == true && controls.root.size > Granule.page
    let place = placement?.linear(controls.root.base) ?? controls.root.base
    guard let rootPlace = AddressRange(base: place, size: controls.root.size), !isTorn, window.contains(rootPlace),
      let root = image.words(at: rootPlace)
    else {
      throw VerifierError(
        VerifierRules.walkable,
        "the root of \(translation.words) at \(controls.root) is not in the hypervisor's memory as it is loaded",
        subjects: translation.subjects)
    }
    var walker = TableWalker(image, translation, controls, window, shareable, placement, budget)
    walker.read(root, at: rootPlace.base, level: controls.startLevel, input: 0)
    budget = walker.budget
    return TranslationReading(
      inputBits: controls.inputBits, startLevel: controls.startLevel, outputBits: controls.outputBits,
      root: rootPlace, tables: walker.tables, places: walker.places, leaves: walker.leaves,
      entries: walker.entries, findings: walker.findings.all)
  }

  private init(
    _ image: MemoryImage, _ translation: Translation, _ controls: WalkControls, _ window: AddressRange,
    _ shareable: [UInt64: TablePlace], _ placement: PagePlacement?, _ budget: TableBudget
  ) {
    self.image = image
    self.translation = translation
    self.controls = controls
    self.window = window
    self.shareable = shareable
    // Where nothing is scattered, no address has to be looked at twice.
    self.placement = placement?.isScattered == true ? placement : nil
    self.budget = budget
    findings = CappedFindings(WellFormedTables.description, subjects: translation.subjects)
  }

  /// Reads one table; calls itself for the tables below, one level at a time.
  private mutating func read(_ words: [UInt64], at place: UInt64, level: Int, input: UInt64) {
    entries += words.count
    let shift = DescriptorBits.shift(of: level)
    for (index, descriptor) in words.enumerated() where descriptor != 0 {
      let address = input | UInt64(index) << shift
      let entry = Leaf(
        input: address, output: 0, level: UInt8(level), descriptor: descriptor, place: place + UInt64(index) * 8)
      switch descriptor & DescriptorBits.type {
      case DescriptorBits.tableOrPage where level < 3: descend(entry, level: level)
      case DescriptorBits.tableOrPage: addLeaf(entry, level: level)
      case DescriptorBits.block where level == 1 || level == 2: addLeaf(entry, level: level)
      case DescriptorBits.block: report(.reservedType, entry)
      default: report(.invalidButNotZero, entry)
      }
    }
  }

  private mutating func descend(_ entry: Leaf, level: Int) {
    let attributes = entry.descriptor & ~(DescriptorBits.address | DescriptorBits.type)
    if attributes != 0 { report(.tableAttributes(attributes), entry) }
    let output = entry.descriptor & DescriptorBits.address
    let address = placement?.linear(output) ?? output
    let here = TablePlace(level: level + 1, input: entry.input)
    let isShared = shareable[address] == here
    if !isShared {
      tables.append(address)
      places[address] = here
    }
    guard let range = AddressRange(base: address, size: Granule.page), window.contains(range) else {
      return report(.tableOutside(window), entry)
    }
    switch isShared ? budget.takeShared() : budget.take(table: address) {
    case .readBefore: return report(.tableTwice, entry)
    case .tooMany: return report(.beyondLimit("than \(TableBudget.tableLimit) tables"), entry)
    case .read: break
    }
    guard let words = image.words(at: range) else { return report(.tableNotLoaded, entry) }
    read(words, at: address, level: level + 1, input: entry.input)
  }

  private mutating func addLeaf(_ entry: Leaf, level: Int) {
    guard budget.leavesLeft > 0 else {
      return report(.beyondLimit("than \(TableBudget.leafLimit) blocks and pages"), entry)
    }
    budget.take(leaves: 1)
    let descriptor = entry.descriptor
    let below = descriptor & DescriptorBits.belowOutput(of: level)
    if below != 0 { report(.misaligned(below), entry) }
    if descriptor & DescriptorBits.contiguous != 0 { report(.contiguous, entry) }
    if descriptor & DescriptorBits.upperOutput != 0 { report(.upperOutput, entry) }
    let output = descriptor & DescriptorBits.address & ~below
    let size = (1 as UInt64) << DescriptorBits.shift(of: level)
    if (output + (size - 1)) >> UInt64(controls.outputBits) != 0 {
      report(.outputTooLarge(controls.outputBits), entry)
    }
    let leaf = Leaf(
      input: entry.input, output: level == 3 ? placement?.linear(output) ?? output : output, level: entry.level,
      descriptor: descriptor, place: entry.place)
    leaves.append(leaf)
  }

  private mutating func report(_ fault: EntryFault, _ entry: Leaf) {
    let translation = translation
    findings.add(
      Finding(
        WellFormedTables.description, .error,
        "\(translation.words): the entry \(entry.descriptor.hexadecimal) at \(entry.place.hexadecimal), level "
          + "\(entry.level), for \(translation.inputWords) \(entry.input.hexadecimal), is malformed: "
          + fault.words(level: Int(entry.level)),
        subjects: translation.subjects, resource: ResourceReference(.memory, entry.place.hexadecimal),
        domains: translation.domains, help: VerifierRules.rebuild))
  }
}
