/// A built system, ready to run in QEMU.
public struct EmulatedSystem: Sendable {
  /// The images.
  public let folder: OutputFolder
  /// The plan; `nil` for a folder that was built earlier.
  public let plan: Plan?
  /// What its consoles are expected to say.
  public let expectations: [Expectation]

  /// What was proved of the images when they were built; empty for a folder that was built earlier.
  public let claims: [ClaimOutcome]

  /// A system that has just been built.
  public init(folder: OutputFolder, plan: Plan, claims: [ClaimOutcome] = []) {
    self.folder = folder
    self.plan = plan
    self.claims = claims
    expectations = plan.manifest.expectations.map(Expectation.init)
  }

  /// A folder that was built earlier; nothing is expected of it.
  public init(folder: OutputFolder) {
    self.folder = folder
    plan = nil
    claims = []
    expectations = []
  }

  /// A run of the whole system. Times out a minute after the last expectation, or never without any.
  public func session(takesInput: Bool, chain: BootChain = .direct) throws -> Session {
    var session = Session(
      program: try QEMU.find().path, arguments: try folder.emulatorArguments(chain),
      lines: folder.serialLines.compactMap { $0 })
    session.expectations = takesInput ? [] : expectations
    session.takesInput = takesInput
    return session
  }
}

extension Expectation {
  /// What a manifest expects, in the emulator's terms.
  init(_ declaration: ExpectationDeclaration) {
    self.init(
      source: declaration.domain.value, text: declaration.console.value,
      within: .microseconds(Int64(clamping: declaration.within.value)), isAfterPrevious: declaration.isAfterPrevious,
      note: declaration.note?.value, span: declaration.console.span)
  }
}
