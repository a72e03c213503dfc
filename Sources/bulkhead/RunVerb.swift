import ArgumentParser
import BulkheadKit
import Foundation

/// `bulkhead run MANIFEST-or-DIR`.
struct RunVerb: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "run", abstract: "Boots it in QEMU with labelled consoles; Ctrl-C ends it.",
    discussion: """
      What is typed goes to one domain at a time: Ctrl-A n gives the keyboard to the next one, Ctrl-A Ctrl-A types \
      Ctrl-A. On a board with several serial lines Ctrl-A l gives it to the next line. Ctrl-C ends the run.
      """)

  @Argument(help: "The manifest, or a folder that `build` wrote.")
  var subject: String
  @Option(help: "Boot this one domain alone in plain QEMU, with its own tree and without the hypervisor.")
  var domain: String?
  @Option(help: "How it gets into memory: direct (QEMU loads it) or u-boot (a real U-Boot verifies a FIT image).")
  var bootChain: BootChain = .direct
  @OptionGroup var common: CommonOptions

  func validate() throws {
    guard domain != nil, bootChain != .direct else { return }
    throw ValidationError("--domain runs one domain without the hypervisor; it does not go with --boot-chain")
  }

  func run() throws {
    try common.reporting {
      try TemporaryFolder.with { folder in
        let session = try domain.map { try solo($0, in: folder) } ?? system(in: folder)
        let result = try ConsoleView(common).run(session)
        common.show(result.findings)
        try common.exit(result.findings.containsError ? .rejected : .accepted)
      }
    }
  }

  private func system(in folder: String) throws -> Session {
    try common.emulated(subject, buildFolder: folder + "/image", chain: bootChain)
      .session(takesInput: true, chain: bootChain)
  }

  private func solo(_ name: String, in folder: String) throws -> Session {
    let result = Check(project: common.project).run(manifest: subject)
    common.show(result.findings)
    guard let plan = result.plan, result.isAccepted else { throw ExitCode(result.status.rawValue) }
    let arguments = try SoloBoot(name, of: plan).arguments(folder: folder)
    var session = Session(program: try QEMU.find().path, arguments: arguments, labels: .single(name))
    session.takesInput = true
    return session
  }
}
