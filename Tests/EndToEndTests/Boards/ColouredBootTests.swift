import BulkheadKit
import Foundation
import TestSupport
import Testing

/// `boards/qemu-virt/colours.yaml` in QEMU, which has no caches: that domains and a hypervisor whose pages lie between one
/// another's work, and that the pages are where they should be.
@Suite("Cache colours in QEMU", .serialized)
struct ColouredBootTests {
  @Test("Linux and the cluster run in memory of their colours, beside a hypervisor of its own")
  func boot() throws {
    let boot = try BoardBoot(manifest: "\(Repository.root)/boards/qemu-virt/colours.yaml")
    let end = boot.transcript.suffix(40).joined(separator: "\n")
    for outcome in boot.result.expectations {
      #expect(outcome.isMet, "\(outcome.expectation.source): \(outcome.expectation.text)\n\(end)")
    }
    #expect(boot.result.findings.isEmpty, "\(boot.result.findings)")
    let colours = boot.plan.domains.map { domain in
      Set(
        domain.memory.flatMap(\.runs).flatMap { run in
          stride(from: run.base, through: run.last, by: 4096).map { $0 / 4096 % 16 }
        })
    }
    #expect(colours == [Set(0..<4), Set(4..<14)])
  }

  @Test("a folder with everything else in it verifies, and bulkhead-recheck accepts its certificate")
  func folder() throws {
    let scratch = try Scratch()
    let folder = scratch.path + "/out"
    let built = try Tool.run(["build", "boards/qemu-virt/colours.yaml", "--single-file", "--fit", "-o", folder])
    #expect(built.status == 0, "\(built.diagnostics)")
    #expect(try Tool.run(["verify", folder]).status == 0)
    let recheck = try Tool.run([folder], program: Tool.recheck)
    #expect(recheck.status == 0, "\(recheck.diagnostics)")
  }
}
