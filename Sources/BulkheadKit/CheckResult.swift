/// What `check` found.
public struct CheckResult: Sendable {
  /// The manifest's file as it was named.
  public let file: String
  /// The board that it was judged on in place of its own.
  public var otherBoard: String?
  /// Every finding, in order and each once.
  public let findings: [Finding]
  /// What the verdict takes on trust; nothing where there is no plan.
  public var assumptions = AssumptionsOfUse()
  /// The plan; `nil` if the input did not yield one.
  public let plan: Plan?
  /// The manifest and every file that it includes, as they were named.
  public let files: [String]
  /// Whether an input is missing or cannot be read as what it should be.
  public let isInputUnusable: Bool

  /// Whether nothing stands against building the images.
  public var isAccepted: Bool { !isInputUnusable && !findings.containsError }

  /// The exit status that says so.
  public var status: CommandStatus {
    if isInputUnusable { return .unusableInput }
    return isAccepted ? .accepted : .rejected
  }

  /// The result with what went wrong after the check; there is no plan then.
  func adding(_ more: [Finding], isInputUnusable: Bool) -> CheckResult {
    CheckResult(
      file: file, findings: (findings + more).ordered(), assumptions: assumptions, plan: nil, files: files,
      isInputUnusable: isInputUnusable)
  }

  /// The same for a build: what was accepted without yielding a plan cannot be built, and says so.
  func forBuild() -> CheckResult {
    guard isAccepted, plan == nil else { return self }
    return adding(
      [
        Finding(
          KitRules.buildable, .error,
          "\(Quotation.quoted(path: file)) is accepted, but a domain has no kernel to build",
          subjects: [file], resource: ResourceReference(.payload), help: "give every domain a `kernel:`")
      ], isInputUnusable: false)
  }

  /// One line for a person: the verdict and how many findings there are of each severity.
  public var summary: String {
    let counts = findings.isEmpty ? "nothing to report" : FindingRenderer.summary(of: findings)
    guard let otherBoard else { return "\(file): \(isAccepted ? "accepted" : "rejected"), \(counts)" }
    return "\(file): \(isAccepted ? "fits" : "does not fit") \(otherBoard), \(counts)"
  }
}
