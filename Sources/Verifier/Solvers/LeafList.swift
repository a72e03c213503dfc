import Ownership

/// The leaves of one set of translation tables as predicates of a problem: `(NAME p)` holds where one of them maps the
/// address `p`, `(NAME.writable p)` where one does that lets it be written, and so on.
struct LeafList {
  /// Which descriptors they are.
  enum Stage: String {
    case stage1
    case stage2
  }

  /// What may be asked of a leaf beside the addresses that it maps; the solver answers from the descriptor's bits.
  enum Question: String {
    case writable
    case executable
    /// Not marked as a channel's.
    case `private`
    case ram
    case normal
    case device
  }

  /// A leaf that a twin has in addition.
  struct Violation {
    /// The descriptor.
    let descriptor: UInt64
    /// Its level.
    let level: UInt8
  }

  /// The predicate's name.
  let symbol: String
  /// What a comment calls the owner.
  let owner: String
  let stage: Stage
  let reading: TranslationReading

  /// A domain's stage 2.
  init(_ symbol: String, _ domain: FinishedDomain) {
    self.symbol = symbol
    owner = "domain \(domain.name)"
    stage = .stage2
    reading = domain.stage2
  }

  /// EL2's own map.
  init(hypervisor reading: TranslationReading) {
    symbol = "hypervisor-map"
    owner = "EL2"
    stage = .stage1
    self.reading = reading
  }

  /// Where the descriptors were read, for the head of a problem.
  var source: String {
    "`\(symbol)` holds the \(reading.leaves.count) leaf descriptors of \(owner)'s tables, whose root is at "
      + "\(reading.root.base.hexadecimal), as they stand in the image"
  }

  /// The predicate that says which addresses are mapped, each descriptor with the input address that it maps and its own
  /// place; then one for each question.
  func definition(_ questions: [Question] = [], adding violation: Violation? = nil) -> [String] {
    var terms = reading.leaves.map { leaf in
      term(leaf.descriptor, leaf.level, nil)
        + SMTNotation.remark("maps \(leaf.input.hexadecimal), stands at \(leaf.place.hexadecimal)")
    }
    if let violation {
      terms.append(term(violation.descriptor, violation.level, nil) + SMTNotation.remark("the violation"))
    }
    let answers = questions.flatMap { question in
      let leaves =
        reading.leaves.map { ($0.descriptor, $0.level) } + (violation.map { [($0.descriptor, $0.level)] } ?? [])
      return predicate("\(symbol).\(question.rawValue)", leaves.map { term($0.0, $0.1, question) })
    }
    return predicate(symbol, terms) + answers
  }

  private func predicate(_ name: String, _ terms: [String]) -> [String] {
    ["(define-fun \(name) ((p Address)) Bool"] + SMTNotation.anyOf(terms) + [")"]
  }

  private func term(_ descriptor: UInt64, _ level: UInt8, _ question: Question?) -> String {
    let constant = SMTNotation.constant(descriptor)
    guard let question else { return "(level\(level) \(constant) p)" }
    return "(and (\(stage.rawValue).\(question.rawValue) \(constant)) (level\(level) \(constant) p))"
  }
}

extension LeafList.Violation {
  /// A page of RAM, as stage 2 writes it: Normal write-back, readable, writable, executable, Inner Shareable, AF set.
  static func memory(at address: UInt64) -> Self {
    Self(descriptor: address & LeafList.pageBits | 0b11 | 0b1111 << 2 | 0b11 << 6 | 0b11 << 8 | 1 << 10, level: 3)
  }

  /// A page of registers, as stage 2 writes it: Device-nGnRE, readable, writable, never executable, AF set.
  static func device(at address: UInt64) -> Self {
    Self(descriptor: address & LeafList.pageBits | 0b11 | 0b0001 << 2 | 0b11 << 6 | 1 << 10 | 0b10 << 53, level: 3)
  }

  /// A page of EL2's data: Normal, writable, never executable.
  static func hypervisorData(at address: UInt64) -> Self {
    Self(
      descriptor: address & LeafList.pageBits | 0b11 | 2 << 2 | 1 << 6 | 0b11 << 8 | 1 << 10 | 1 << 54, level: 3)
  }

  /// The same descriptor as a leaf's.
  init(_ leaf: Leaf) { self.init(descriptor: leaf.descriptor, level: leaf.level) }
}

extension LeafList {
  /// Bits 47:12 of a page descriptor.
  static let pageBits: UInt64 = 0x0000_FFFF_FFFF_F000
}
