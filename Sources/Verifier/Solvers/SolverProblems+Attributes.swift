/// Problems about each leaf by itself.
extension SolverProblems {
  /// Every bit of every leaf of a domain (Arm DDI 0487J.a, D8.3, D8.4, D8.6).
  func attributes(_ symbol: String, _ domain: FinishedDomain) -> SolverProblem {
    malformed(
      Self.name("attributes", symbol), LeafList(symbol, domain),
      claim: "every leaf descriptor of domain \(domain.name) is one of those that the project uses, bit for bit",
      """
      ; RAM is Normal write-back, writable, Inner Shareable, executable. Registers are Device-nGnRE, writable, never
      ; executable. Channels are Normal Non-cacheable, writable or read-only, Inner Shareable, never executable. AF
      ; (bit 10) is set; bits 11, 50:48, 51 (DBM), 52 (Contiguous), 63:55 are 0.
      (define-fun kind ((d Descriptor)) Bool
        (or (and (= ((_ extract 9 2) d) #b11111111) (= ((_ extract 54 53) d) #b00))
            (and (= ((_ extract 9 2) d) #b00110001) (= ((_ extract 54 53) d) #b10))
            (and (= ((_ extract 9 2) d) #b11110101) (= ((_ extract 54 53) d) #b10))
            (and (= ((_ extract 9 2) d) #b11010101) (= ((_ extract 54 53) d) #b10))))
      """)
  }

  /// Every bit of every leaf of EL2's map (D8.3, D8.4, D8.6): nothing is writable and executable.
  var hypervisorAttributes: SolverProblem {
    malformed(
      "attributes-hypervisor", hypervisorMap,
      claim: "every leaf descriptor of EL2's map is one of those that the project uses, bit for bit",
      """
      ; AttrIndx is bits 4:2: 2 Normal write-back, 1 Device-nGnRE by MAIR_EL2. Bit 5 is 0, AP[1] (bit 6) is RES1, AP[2]
      ; (bit 7) makes read-only, SH is bits 9:8. Code is read-only and alone executable; constants are read-only; data
      ; and registers are writable, and the health page, 3 Normal Non-cacheable. PXN (bit 53) is RES0 in a regime of one Exception level.
      (define-fun kind ((d Descriptor)) Bool
        (or (and (= ((_ extract 9 2) d) #b11110010) (= ((_ extract 54 53) d) #b00))
            (and (= ((_ extract 9 2) d) #b11110010) (= ((_ extract 54 53) d) #b10))
            (and (= ((_ extract 9 2) d) #b11010010) (= ((_ extract 54 53) d) #b10))
            (and (= ((_ extract 9 2) d) #b11010011) (= ((_ extract 54 53) d) #b10))
            (and (= ((_ extract 9 2) d) #b00010001) (= ((_ extract 54 53) d) #b10))))
      """)
  }

  private func malformed(_ name: String, _ list: LeafList, claim: String, _ kinds: String) -> SolverProblem {
    let isIdentity = list.stage == .stage1
    return SolverProblem(
      name, claim: claim, sources: [list.source], violation: "one leaf has its access flag (bit 10) clear"
    ) { isViolated in
      var terms = list.reading.leaves.map {
        term($0.descriptor, $0.level, $0.input) + SMTNotation.remark("stands at \($0.place.hexadecimal)")
      }
      if isViolated {
        let leaf = list.reading.leaves.first
        terms.append(
          term((leaf?.descriptor ?? 0) & ~(1 << 10), leaf?.level ?? 3, leaf?.input ?? 0)
            + SMTNotation.remark("the violation"))
      }
      return ["(define-sort Descriptor () (_ BitVec 64))"] + kinds.split(separator: "\n").map(String.init)
        + Self.shape(isIdentity: isIdentity) + ["(assert"] + SMTNotation.anyOf(terms) + [")"]
    }
  }

  private func term(_ descriptor: UInt64, _ level: UInt8, _ input: UInt64) -> String {
    "(not (fits\(level) \(SMTNotation.constant(descriptor)) \(SMTNotation.constant(input))))"
  }

  /// What holds for a leaf of each level: its type, the bits of a block's output address that have to be 0, the input
  /// address that is as well aligned, and for EL2 is the output address itself.
  private static func shape(isIdentity: Bool) -> [String] {
    let levels = [(1, "#b01", 30), (2, "#b01", 21), (3, "#b11", 12)]
    let identity = isIdentity ? " (= (bvand d #x0000fffffffff000) input)" : ""
    return [
      "(define-fun common ((d Descriptor)) Bool (and (kind d) (= ((_ extract 11 10) d) #b01)",
      "  (= ((_ extract 52 48) d) #b00000) (= ((_ extract 63 55) d) #b000000000)))",
    ]
      + levels.flatMap { level, type, shift in
        let block =
          level == 3
          ? "" : " (= ((_ extract \(shift - 1) 12) d) (_ bv0 \(shift - 12)))"
        return [
          "(define-fun fits\(level) ((d Descriptor) (input (_ BitVec 64))) Bool",
          "  (and (common d) (= ((_ extract 1 0) d) \(type))\(block)",
          "       (= ((_ extract \(shift - 1) 0) input) (_ bv0 \(shift)))\(identity)))",
        ]
      }
  }
}
