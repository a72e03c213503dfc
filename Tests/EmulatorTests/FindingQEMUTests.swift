import Emulator
import Testing
import TestSupport

@Suite("QEMU is looked for")
struct FindingQEMUTests {
  /// Folders with scripts that stand in for QEMU.
  private let programs = Repository.root + "/Tests/EmulatorTests/Programs"

  @Test("A QEMU that is not there is named, with what to do")
  func missing() throws {
    let error = #expect(throws: EmulatorError.self) { _ = try QEMU.find(searchPath: "/nonexistent:/dev") }
    #expect(error?.finding.rule == EmulatorRules.present.id)
    #expect(error?.finding.help?.contains("make setup") == true)
  }

  @Test("Debian 12's own QEMU is too old, and both versions are named")
  func tooOld() throws {
    let folder = programs + "/old"
    let error = #expect(throws: EmulatorError.self) { _ = try QEMU.find(searchPath: folder) }
    #expect(error?.finding.rule == EmulatorRules.recent.id)
    #expect(error?.finding.message == "QEMU is version 7.2, but 10.0 or newer is needed")
  }

  @Test("A program that is not QEMU is not taken for it")
  func somethingElse() throws {
    let folder = programs + "/other"
    let error = #expect(throws: EmulatorError.self) { _ = try QEMU.find(searchPath: folder) }
    #expect(error?.finding.rule == EmulatorRules.present.id)
    #expect(error?.finding.message.contains("\"hello\"") == true)
  }

  @Test("A newer QEMU is taken, from the first folder that has one")
  func recent() throws {
    let folder = programs + "/new"
    let found = try QEMU.find(searchPath: "/nonexistent:\(folder)")
    #expect(found.path == folder + "/qemu-system-aarch64")
    #expect(found.version == QEMUVersion(major: 11, minor: 2))
  }

  @Test("Versions order by number, not by letter")
  func ordering() {
    #expect(QEMUVersion(major: 9, minor: 2) < QEMUVersion.oldestSupported)
    #expect(QEMUVersion(major: 10, minor: 10) > QEMUVersion(major: 10, minor: 2))
    #expect(QEMUVersion(banner: "QEMU emulator version ten") == nil)
  }
}
