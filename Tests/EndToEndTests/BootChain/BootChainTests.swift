import BulkheadKit
import Foundation
import TestSupport
import Testing

/// A real U-Boot in front of the demonstration: the boots share the machine's few cores, so one at a time.
@Suite("Booting through U-Boot", .serialized)
struct BootChainTests {
  @Test("verifies every hash of the FIT image and starts both domains")
  func boots() throws {
    let run = try BootChainRun(BootChainOutput())
    run.expectStarted()
    let lines = run.transcript.lines(of: ConsoleLabels.hypervisor)
    // Hypervisor, board's tree, the two domains' kernels and trees and one initrd, and what Linux restarts from.
    #expect(lines.count { $0.contains("Verifying Hash Integrity ... sha256+ OK") } == 10)
    #expect(run.transcript.lines(of: "infotainment").contains { $0.contains("3 CPUs, online 0-2") })
  }

  @Test("refuses a FIT image with one byte of a payload flipped, and starts nothing")
  func tampered() throws {
    let output = try BootChainOutput()
    try output.flipByteOfKernel()
    let run = try BootChainRun(output)
    run.expectRefused(saying: "Bad hash value for 'hash-1' hash node in 'payload-infotainment-kernel' image node")
  }

  @Test("accepts a signed FIT image with the key that U-Boot requires")
  func signed() throws {
    let run = try BootChainRun(BootChainOutput(key: "dev"))
    run.expectStarted()
    let lines = run.transcript.lines(of: ConsoleLabels.hypervisor)
    #expect(lines.contains { $0.contains("Verifying Hash Integrity ... sha256,rsa2048:dev+ OK") })
  }

  @Test("refuses a FIT image that is signed with another key than U-Boot requires, and starts nothing")
  func wrongKey() throws {
    let output = try BootChainOutput(key: "dev")
    let other = try BootChainOutput(key: "other")
    try output.takeControlTree(of: other)
    try BootChainRun(output).expectRefused(saying: "Failed to verify required signature 'key-other'")
  }

  @Test("refuses an image whose payload was changed and hashed anew under the old signature, and starts nothing")
  func rehashed() throws {
    let output = try BootChainOutput(key: "dev")
    try output.flipByteOfKernel(hashesAnew: true)
    try BootChainRun(output).expectRefused(saying: "Failed to verify required signature 'key-dev'")
  }

  @Test("refuses an image without any signature where U-Boot requires one, and starts nothing")
  func unsigned() throws {
    let output = try BootChainOutput()
    let signed = try BootChainOutput(key: "dev")
    try signed.takeImage(of: output)
    try BootChainRun(signed).expectRefused(saying: "Failed to verify required signature 'key-dev'")
  }

  @Test("builds and says what to do where mkimage is missing, and leaves nothing behind")
  func withoutMkimage() throws {
    let scratch = try Scratch()
    let run = try Tool.run(
      ["build", Repository.cockpit, "--fit", "-o", scratch.path + "/out"], environment: ["PATH": "/nowhere"])
    #expect(run.status == CommandStatus.unusableInput.rawValue && run.isOrderly)
    #expect(run.diagnostics.contains("BH-IMG-011") && run.diagnostics.contains("u-boot-tools"))
    #expect(try scratch.names.isEmpty)
  }

  @Test("of a folder that was built without a FIT image is refused with what to do")
  func withoutFIT() throws {
    let scratch = try Scratch()
    _ = Build(project: Repository.project).run(manifest: Repository.cockpit, into: scratch.path + "/out")
    let run = try Tool.run(["run", scratch.path + "/out", "--boot-chain", "u-boot"])
    #expect(run.status == CommandStatus.unusableInput.rawValue && run.isOrderly)
    #expect(run.diagnostics.contains("bulkhead build --fit"))
  }
}
