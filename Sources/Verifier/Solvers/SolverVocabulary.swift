/// The words that the problems are written in: definitions with which the solver repeats the decoding of descriptors.
///
/// The fields are those of VMSAv8-64 with a 4 KiB granule and 48-bit output addresses (Arm DDI 0487J.a, D8.3).
enum SolverVocabulary {
  /// Addresses, and ranges of them.
  static let addresses = [
    "; A physical address.",
    "(define-sort Address () (_ BitVec 64))",
    "(define-fun between ((low Address) (high Address) (p Address)) Bool (and (bvule low p) (bvule p high)))",
  ]

  /// Which output addresses a descriptor maps.
  static let descriptors = [
    "; A block or page descriptor maps the addresses that agree with its output address: bits 47:12 of a page (level 3),",
    "; bits 47:21 of a 2 MiB block (level 2), bits 47:30 of a 1 GiB block (level 1); Arm DDI 0487, D8.3.1.",
    "(define-sort Descriptor () (_ BitVec 64))",
    "(define-fun level3 ((d Descriptor) (p Address)) Bool",
    "  (= (concat #x0000 ((_ extract 47 12) d)) ((_ extract 63 12) p)))",
    "(define-fun level2 ((d Descriptor) (p Address)) Bool",
    "  (= (concat #x0000 ((_ extract 47 21) d)) ((_ extract 63 21) p)))",
    "(define-fun level1 ((d Descriptor) (p Address)) Bool",
    "  (= (concat #x0000 ((_ extract 47 30) d)) ((_ extract 63 30) p)))",
  ]

  /// Stage 2 attributes (D8.4.2, D8.6.6): MemAttr[3:0] in bits 5:2, S2AP[1:0] in bits 7:6, XN[1:0] in bits 54:53. Normal
  /// Non-cacheable (0b0101) marks what a channel shares.
  static let stage2 = [
    "; Stage 2 (D8.4, D8.6): MemAttr[3:0] is bits 5:2 (0b1111 Normal write-back, 0b0101 Normal Non-cacheable, which marks",
    "; the memory of channels, 0b00xx Device), S2AP[1] (write) is bit 7, XN[1:0] is bits 54:53 (0b10 never execute).",
    "(define-fun stage2.writable ((d Descriptor)) Bool (= ((_ extract 7 7) d) #b1))",
    "(define-fun stage2.executable ((d Descriptor)) Bool (not (= ((_ extract 54 53) d) #b10)))",
    "(define-fun stage2.private ((d Descriptor)) Bool (not (= ((_ extract 5 2) d) #b0101)))",
    "(define-fun stage2.ram ((d Descriptor)) Bool (= ((_ extract 5 2) d) #b1111))",
    "(define-fun stage2.normal ((d Descriptor)) Bool (not (= ((_ extract 5 4) d) #b00)))",
    "(define-fun stage2.device ((d Descriptor)) Bool (= ((_ extract 5 4) d) #b00))",
  ]

  /// Attributes of EL2's own regime, which has one Exception level: AP[2] in bit 7, XN in bit 54 (D8.4).
  static let stage1 = [
    "; EL2's own map (D8.4): AP[2] (read-only) is bit 7, XN is bit 54.",
    "(define-fun stage1.writable ((d Descriptor)) Bool (= ((_ extract 7 7) d) #b0))",
    "(define-fun stage1.executable ((d Descriptor)) Bool (= ((_ extract 54 54) d) #b0))",
  ]

  /// Everything that a problem about the page `p` needs, with that page as the unknown.
  static func page(_ stages: LeafList.Stage...) -> [String] {
    var lines = addresses + descriptors
    if stages.contains(.stage1) { lines += stage1 }
    if stages.contains(.stage2) { lines += stage2 }
    return lines + [
      "; The unknown: an address that breaks the claim.",
      "(declare-const p Address)",
    ]
  }
}
