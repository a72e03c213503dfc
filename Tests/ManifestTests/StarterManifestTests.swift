import Diagnostics
import Foundation
import Manifest
import Testing
import TestSupport

@Suite("The starter manifest")
struct StarterManifestTests {
  @Test("It is a manifest without any finding, whatever the board has", arguments: [1, 2, 4, 200])
  func reads(cpus: Int) throws {
    for memory in [0, 1 << 20, 512 << 20, 1 << 31, UInt64.max] {
      for console in [nil, "/pl011@9000000", "uart0", "/odd node: #@"] {
        let starter = StarterManifest(
          board: "qemu-virt", cpus: cpus, memory: memory, console: console, kernel: "../.build/guests/cluster.bin",
          schema: "../boards/manifest.schema.json")
        let reading = try ManifestReader.read(text: starter.text, file: "first.yaml")
        #expect(reading.findings.isEmpty)
        let manifest = try #require(reading.manifest)
        #expect(manifest.domains.count == min(cpus, 2))
        #expect(manifest.hypervisor.console?.value == console)
        #expect(manifest.domains.allSatisfy { $0.kernel?.value == "../.build/guests/cluster.bin" })
        #expect(manifest.expectations.count == manifest.domains.count)
      }
    }
  }

  @Test("Its memory leaves room on the board, and lines end where a person can read them")
  func layout() {
    let starter = StarterManifest(
      board: "qemu-virt", cpus: 4, memory: 1 << 31, console: "/pl011@9000000", kernel: "cluster.bin")
    #expect(starter.text.contains("memory: 64 MiB\n"))
    #expect(starter.text.contains("cpus: [1, 2, 3]\n"))
    #expect(starter.text.split(separator: "\n").allSatisfy { $0.count <= 120 })
    #expect(starter.text.hasSuffix("s }\n"))
  }

  @Test("The manifests that come with the boards have no finding")
  func boards() throws {
    let boards = URL(fileURLWithPath: Repository.root + "/boards").resolvingSymlinksInPath().path
    let manifests = try FileManager.default.subpathsOfDirectory(atPath: boards).filter {
      $0.hasSuffix(".yaml") && !$0.hasSuffix("/board.yaml") && !$0.hasSuffix(".lock.yaml")
    }
    #expect(manifests.contains("qemu-virt/cockpit.yaml"))
    for manifest in manifests {
      let reading = try ManifestReader.read(file: "\(boards)/\(manifest)")
      #expect(reading.findings.isEmpty && reading.manifest != nil, "\(manifest): \(reading.findings)")
    }
  }
}
