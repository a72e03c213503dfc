import BulkheadKit
import Foundation
import TestSupport
import Testing

@testable import Verifier

@Suite("The finished bytes of unusual manifests")
struct UnusualManifestTests {
  /// Builds a manifest's text beside small payloads, in a folder that goes away again.
  private func built(_ text: String) throws -> BuiltSystem {
    let folder = "\(FileManager.default.temporaryDirectory.path)/bulkhead-verifier-\(UUID().uuidString)"
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(atPath: folder) }
    let files = [
      "raw.bin": Data((0..<8000).map { UInt8(truncatingIfNeeded: $0 &* 7) }),
      "extra.bin": Data(repeating: 7, count: 99),
      "program.elf": Self.program, "manifest.yaml": Data(text.utf8),
    ]
    for (name, bytes) in files { try bytes.write(to: URL(filePath: "\(folder)/\(name)")) }
    return try BuiltSystem(file: "\(folder)/manifest.yaml")
  }

  /// An ELF file with two segments, the second with zeros behind its bytes; its virtual addresses are others.
  private static var program: Data {
    func number(_ value: UInt64, _ width: Int) -> [UInt8] {
      (0..<width).map { UInt8(truncatingIfNeeded: value >> UInt64(8 * $0)) }
    }
    var bytes: [UInt8] = [0x7F, 0x45, 0x4C, 0x46, 2, 1, 1] + [UInt8](repeating: 0, count: 9)
    bytes += number(2, 2) + number(183, 2) + number(1, 4) + number(0xFFFF_0004, 8) + number(64, 8) + number(0, 8)
    bytes += number(0, 4) + number(64, 2) + number(56, 2) + number(2, 2) + number(64, 2) + number(0, 4)
    let segments: [[UInt64]] = [
      [176, 0xFFFF_0000, 0x6000_0000, 24, 24], [200, 0xFFFF_8000, 0x6020_0000, 8, 0x3000],
    ]
    for segment in segments {
      bytes += number(1, 4) + number(7, 4) + segment.flatMap { number($0, 8) } + number(0x1000, 8)
    }
    return Data(bytes + (1...32))
  }

  private func expectProof(_ built: BuiltSystem) -> Verification {
    let verification = Verifier.verify(image: built.image, pieces: built.pieces, context: built.context)
    #expect(verification.findings.map { "\($0.rule): \($0.message)" } == [])
    return verification
  }

  @Test("are accepted: a boot CPU of nobody, RAM elsewhere for the guest, equal channels, an ELF kernel, calls")
  func everything() throws {
    let slots = ["a000200", "a000400", "a000600", "a000800", "a000a00", "a000c00", "a000e00"]
    let verification = expectProof(
      try built(
        """
        manifest: 1
        name: edges
        board: qemu-virt
        hypervisor: { memory: 4 MiB }
        reserved: [{ base: 0x7ff00000, size: 1 MiB, owner: firmware, reason: test }]
        disabled: [\(slots.map { "/virtio_mmio@\($0)" }.joined(separator: ", "))]
        domains:
          alpha:
            criticality: ASIL-D
            cpus: [2]
            memory: [{ size: 16 MiB, guest: 0x80000000 }, { size: 2 MiB, base: 0x50000000 }]
            kernel: raw.bin
            load: 0x80010000
            entry: 0x80010040
            files: [{ path: extra.bin, load: 0x50001000 }]
            console: none
            on-fault: stop-system
            features: { pointer-authentication: off }
            smc: [0xC2000001, 0xC3000010..0xC300001F]
          beta:
            cpus: [3, 1]
            memory: [{ size: 64 MiB, base: 0x60000000 }]
            kernel: program.elf
            devices: [{ path: /virtio_mmio@a000000, dma: unprotected, reason: test }]
        channels:
          one: { size: 4 KiB, writer: alpha, readers: [beta] }
          two: { size: 12 KiB, writer: alpha, readers: [beta] }
          back: { size: 8 KiB, writer: beta, readers: [alpha] }
        """))
    let dma = try #require(verification.claims.first { $0.claim == StreamsStayInside.description })
    #expect(dma.assumptions.count == 8)
    let map = verification.ownership
    #expect(map.claim(on: .cpu(affinity: 0)) == nil)
    #expect(
      map.claim(on: .call(0xC300_0010...0xC300_001F, mask: 0, value: 0))?.rights(of: .domain("alpha")) == .execute)
    let channels = map.entries.filter { if case .channel = $0.claim.owner { true } else { false } }
    #expect(channels.map(\.claim.owner) == [.channel("one"), .channel("two"), .channel("back")])
    #expect(channels.map { $0.resource.range?.size } == [0x1000, 0x3000, 0x2000])
  }

  @Test("are accepted: two domains that ask one firmware for their own clocks and power")
  func firmware() throws {
    let verification = expectProof(
      try built(
        """
        manifest: 1
        name: calls
        board: zcu102
        domains:
          left: { cpus: [0], memory: 16 MiB, kernel: raw.bin, devices: [/axi/serial@ff010000] }
          right: { cpus: [1], memory: 16 MiB, kernel: raw.bin, devices: [/axi/serial@ff000000] }
        providers:
          /firmware/zynqmp-firmware: { policy: firmware, reason: test }
        """))
    let calls = verification.ownership.entries.filter { if case .call = $0.resource { true } else { false } }
    #expect(calls.contains { $0.claim.access.count == 2 } && calls.contains { $0.claim.access.count == 1 })
    #expect(calls.allSatisfy { $0.claim.owner == .firmware })
  }

  @Test("are accepted: reserved memory that one domain was granted")
  func grant() throws {
    let built = try built(
      """
      manifest: 1
      name: grant
      board: imx8mp-evk
      domains:
        left: { cpus: [0], memory: 16 MiB, kernel: raw.bin, reserved-memory: [/reserved-memory/dsp@92400000] }
        right: { cpus: [1], memory: 16 MiB, kernel: raw.bin }
      """)
    let verification = expectProof(built)
    #expect(verification.ownership.claim(at: 0x9240_0000)?.owner == .domain("left"))
    #expect(verification.ownership.claim(at: 0x943F_FFFF)?.rights(of: .domain("left")) == [.read, .write, .execute])
    // Without the grant the same bytes are a domain in firmware's memory.
    let text =
      "manifest: 1\nname: grant\nboard: imx8mp-evk\ndomains:\n  left: { cpus: [0], memory: 16 MiB, kernel: a }\n"
      + "  right: { cpus: [1], memory: 16 MiB, kernel: a }\n"
    let manifest = try #require(try ManifestReader.read(text: text, file: "manifest.yaml").manifest)
    let context = VerificationContext(board: built.plan.board, manifest: manifest, plan: built.plan.ownership)
    let findings = KeptMemoryUntouched.examine(try built.system(), context).findings
    #expect(findings.map(\.message).contains { $0.contains("left") && $0.contains("/reserved-memory/dsp@92400000") })
  }
}
