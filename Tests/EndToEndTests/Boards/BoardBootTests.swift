import BulkheadKit
import Foundation
import TestSupport
import Testing

/// What every board's two-domain manifest shows in QEMU, with the board's real tree. Nothing here names a board's
/// devices: a folder in boards/ with a `qemu` section and a `cockpit.yaml` is a new case.
@Suite("The boards in QEMU", .serialized)
struct BoardBootTests {
  @Test("There are at least the boards that the README lists")
  func known() {
    let missing = Set(["qemu-virt", "qemu-virt-gicv2", "imx8mp-evk", "versal-virt", "zcu102", "rpi4"]).subtracting(
      BoardBoot.boards)
    #expect(missing.isEmpty)
  }

  @Test(
    "Linux and the cluster run with devices of their own; Linux panics, the cluster goes on",
    arguments: BoardBoot.boards)
  func boot(board: String) throws {
    let boot = try BoardBoot(board)
    let end = boot.transcript.suffix(40).joined(separator: "\n")
    for outcome in boot.result.expectations {
      #expect(outcome.isMet, "\(outcome.expectation.source): \(outcome.expectation.text)\n\(end)")
    }
    #expect(boot.result.findings.isEmpty, "\(boot.result.findings)")
    expectDevices(of: boot)
    try expectStory(of: boot.plan)
  }

  /// Each domain has a device of the board's, and a UART of its own where as many are led out as there are domains.
  private func expectDevices(of boot: BoardBoot) {
    let uarts = boot.plan.board.description.emulator?.serialLines ?? []
    let enabled = uarts.filter { boot.plan.board.device(at: $0)?.isEnabled ?? false }
    for domain in boot.plan.domains {
      let devices = domain.devices.map(\.device.path)
      #expect(!devices.isEmpty, "\(domain.name)")
      if enabled.count >= boot.plan.domains.count {
        #expect(devices.contains { enabled.contains($0) }, "\(domain.name): \(devices)")
      }
    }
  }

  /// The manifest waits for Linux to fail, and after that for three more beats of the other domain.
  private func expectStory(of plan: Plan) throws {
    let expectations = plan.manifest.expectations
    let panic = try #require(expectations.firstIndex { $0.console.value == "Kernel panic" })
    let beats = expectations[(panic + 1)...].filter { $0.isAfterPrevious && $0.console.value == "heartbeat" }
    #expect(beats.count >= 3)
    #expect(beats.allSatisfy { $0.domain.value != expectations[panic].domain.value })
  }
}
