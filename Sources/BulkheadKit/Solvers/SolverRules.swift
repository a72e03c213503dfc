/// What is asked of the solvers that repeat the proof.
public enum SolverRules {
  /// All of them.
  static let all = [present, answers, proved, twin, agree]

  /// The solvers are there.
  public static let present = RuleDescription(
    "BH-VER-080", title: "both solvers are installed",
    requirement: "`z3` and `cvc5` shall be found on the PATH and answer `--version`.",
    hazard: "The proof would rest on one program, or on none but Bulkhead.", applicability: asked,
    example: "PATH=/nowhere bulkhead verify build/cockpit --solve")

  /// They say yes or no.
  public static let answers = RuleDescription(
    "BH-VER-081", title: "each solver answers each problem",
    requirement: "A solver shall answer a problem with `sat` or `unsat`, with nothing else, and within its time.",
    hazard: "A question without an answer looks like a proof to whoever counts files.", applicability: asked,
    example: "proof/pages-a-b.smt2   # unknown")

  /// The problems have no counterexample.
  public static let proved = RuleDescription(
    "BH-VER-082", title: "no solver finds a counterexample",
    requirement: "Every problem that is made from the finished bytes shall be unsatisfiable.",
    hazard: "The image breaks a claim of isolation, whatever Bulkhead's own verifier says.", applicability: asked,
    example: "proof/pages-a-b.smt2   # sat: there is a page that both domains reach")

  /// A violation is found.
  public static let twin = RuleDescription(
    "BH-VER-083", title: "the solvers find the violation in every twin",
    requirement: "Every problem's twin, into which one violation was put, shall be satisfiable.",
    hazard: "The problem would be unsatisfiable whatever the image holds, and proves nothing.", applicability: asked,
    example: "proof/pages-a-b.twin.smt2   # unsat")

  /// They agree.
  public static let agree = RuleDescription(
    "BH-VER-084", title: "the solvers agree",
    requirement: "Both solvers shall give one answer to each problem.",
    hazard: "One of them is wrong, and nobody knows which.", applicability: asked,
    example: "proof/pages-a-b.smt2   # z3: unsat, cvc5: sat")

  /// When any of them speaks.
  private static let asked = "`verify --solve`."
}
