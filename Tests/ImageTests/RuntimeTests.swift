import Diagnostics
import Testing

@testable import Image
import TestSupport

@Suite("The runtime's ELF")
struct RuntimeTests {
  private func message(of runtime: SyntheticRuntime) -> String? {
    do throws(InputError) {
      _ = try Runtime(elf: runtime.bytes, file: "hypervisor.elf")
      return nil
    } catch {
      return error.finding.message
    }
  }

  @Test("is read into its memory, with its own numbers")
  func reads() throws {
    let runtime = try Runtime(elf: SyntheticRuntime().bytes, file: "hypervisor.elf")
    #expect(runtime.contents.count == 0x3000)
    #expect(runtime.header.stackSize == 4096)
    #expect(runtime.header.cpuStateSize == 256)
    #expect(runtime.header.domainStateSize == 512)
    #expect(runtime.header.readOnlyData == 0x1000..<0x2000)
    #expect(runtime.header.data == 0x2000..<0x3000)
  }

  @Test("is moved by adding its address to what points into it, and nothing else")
  func relocates() throws {
    let runtime = try Runtime(elf: SyntheticRuntime().bytes, file: "hypervisor.elf")
    let image = runtime.image(at: 0x4020_0000)
    #expect(image.load(littleEndian: UInt64.self, at: 0x1008) == 0x4020_0040)
    #expect(image.load(littleEndian: UInt64.self, at: 0x2010) == 0x4020_1FF8)
    let changed = image.indices.filter { image[$0] != runtime.contents[$0] }
    #expect(changed.allSatisfy { (0x1008..<0x1010).contains($0) || (0x2010..<0x2018).contains($0) })
  }

  @Test("gets zeros where it has memory without bytes")
  func zeros() throws {
    let runtime = try Runtime(elf: SyntheticRuntime(dataSize: 0x3000).bytes, file: "hypervisor.elf")
    #expect(runtime.contents.count == 0x5000)
    #expect(runtime.contents[0x3000...].allSatisfy { $0 == 0 })
  }

  @Test("is refused in words when it is not what it should be")
  func refusals() {
    #expect(message(of: SyntheticRuntime(machine: 62))?.contains("not for AArch64") == true)
    #expect(message(of: SyntheticRuntime(type: 2))?.contains("-pie") == true)
    #expect(message(of: SyntheticRuntime(version: 99))?.contains("version 99") == true)
    #expect(message(of: SyntheticRuntime(stackSize: 100))?.contains("stackSize is 100") == true)
    #expect(message(of: SyntheticRuntime(cpuStateSize: 0))?.contains("cpuStateSize is 0") == true)
    #expect(message(of: SyntheticRuntime(dataSize: .max))?.contains("cannot be right") == true)
    #expect(message(of: SyntheticRuntime(dataSize: 0))?.contains("runs past its data") == true)
    #expect(message(of: SyntheticRuntime(relocations: [(0x1008, 1025, 0)]))?.contains("type 1025") == true)
    #expect(message(of: SyntheticRuntime(relocations: [(0x2FFC, 1027, 0)]))?.contains("outside its constants") == true)
    #expect(message(of: SyntheticRuntime(relocations: [(0x1008, 1027, .max)]))?.contains("points to") == true)
  }

  @Test("is refused, and never crashes, when it is cut off anywhere")
  func truncated() {
    let bytes = SyntheticRuntime().bytes
    for length in Array(stride(from: 0, to: 256, by: 1)) + stride(from: 256, to: bytes.count, by: 97) {
      #expect(throws: InputError.self) { try Runtime(elf: Array(bytes.prefix(length)), file: "cut") }
    }
  }

  @Test("never crashes, whatever bytes are damaged")
  func damaged() {
    let bytes = SyntheticRuntime().bytes
    var random = SeededGenerator(seed: 7)
    let headers = Array(0..<128) + Array(0x1000..<0x10A0) + Array(bytes.count - 200..<bytes.count)
    var refused = 0
    for _ in 0..<400 {
      var damaged = bytes
      for _ in 0..<Int.random(in: 1...4, using: &random) {
        guard let place = headers.randomElement(using: &random) else { continue }
        damaged[place] = UInt8.random(in: 0...255, using: &random)
      }
      do throws(InputError) {
        let runtime = try Runtime(elf: damaged, file: "damaged")
        #expect(runtime.image(at: 0x4020_0000).count == runtime.contents.count)
      } catch {
        refused += 1
      }
    }
    #expect(refused > 100)
  }
}
