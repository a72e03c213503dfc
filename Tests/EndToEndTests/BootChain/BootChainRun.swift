import BulkheadKit
import Testing

/// One boot through U-Boot, until both domains are up or the script has given up.
struct BootChainRun {
  /// What the script of `build --fit` says when U-Boot does not start the image.
  static let givenUp = "Bulkhead: system.itb was not started"

  let transcript: Transcript
  let result: SessionResult

  init(_ output: BootChainOutput) throws {
    var session = try output.system.session(takesInput: false, chain: .uBoot)
    session.expectations = [
      Expectation(source: "cluster", text: "heartbeat 10 ", within: .seconds(900)),
      Expectation(source: "infotainment", text: "3 CPUs, online 0-2", within: .seconds(900)),
    ]
    // A boot that is refused does not become silent, as U-Boot goes on to other media: the script's word ends it.
    session.limits.silence = .seconds(300)
    var transcript = Transcript()
    result = try session.run { event in
      guard case .console(let fragment) = event else { return true }
      transcript.add(fragment)
      return !transcript.lines.contains { $0.text.hasPrefix(Self.givenUp) }
    }
    self.transcript = transcript
  }

  /// Both domains came up.
  func expectStarted() {
    #expect(result.expectations.allSatisfy { $0.isMet }, "\(end)")
    #expect(transcript.lines.contains { $0.text == "Starting kernel ..." })
    #expect(!transcript.lines.contains { $0.text.hasPrefix(Self.givenUp) })
  }

  /// U-Boot refused it for that reason, and nothing of ours said anything.
  func expectRefused(saying reason: String) {
    let lines = transcript.lines(of: ConsoleLabels.hypervisor)
    #expect(lines.contains { $0.contains(reason) }, "\(end)")
    #expect(lines.contains { $0.hasPrefix(Self.givenUp) }, "\(end)")
    #expect(!lines.contains { $0.contains("Starting kernel") })
    #expect(transcript.lines.allSatisfy { $0.source == ConsoleLabels.hypervisor }, "\(end)")
  }

  private var end: String { transcript.lines.suffix(30).map { "[\($0.source)] \($0.text)" }.joined(separator: "\n") }
}
