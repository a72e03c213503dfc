import Emulator
import Testing

@Suite("QEMU is looked for")
struct FindingQEMUTests {
  @Test("A QEMU that is not there is named, with what to do")
  func missing() throws {
    let error = #expect(throws: EmulatorError.self) { _ = try QEMU.find(searchPath: "/nonexistent:/dev") }
    #expect(error?.finding.rule == EmulatorRules.present.id)
    #expect(error?.finding.help?.contains("make setup") == true)
  }

  @Test("Debian 12's own QEMU is too old, and both versions are named")
  func tooOld() throws {
    let fake = try FakeQEMU("echo 'QEMU emulator version 7.2.9 (Debian 1:7.2+dfsg-7)'")
    let error = #expect(throws: EmulatorError.self) { _ = try QEMU.find(searchPath: fake.folder) }
    #expect(error?.finding.rule == EmulatorRules.recent.id)
    #expect(error?.finding.message == "QEMU is version 7.2, but 10.0 or newer is needed")
  }

  @Test("A program that is not QEMU is not taken for it")
  func somethingElse() throws {
    let fake = try FakeQEMU("echo hello")
    let error = #expect(throws: EmulatorError.self) { _ = try QEMU.find(searchPath: fake.folder) }
    #expect(error?.finding.rule == EmulatorRules.present.id)
    #expect(error?.finding.message.contains("\"hello\"") == true)
  }

  @Test("A newer QEMU is taken, from the first folder that has one")
  func recent() throws {
    let fake = try FakeQEMU("echo 'QEMU emulator version 11.2.50 (v11.2.0-7-gabc)'")
    let found = try QEMU.find(searchPath: "/nonexistent:\(fake.folder)")
    #expect(found.path == fake.path)
    #expect(found.version == QEMUVersion(major: 11, minor: 2))
  }

  @Test("Versions order by number, not by letter")
  func ordering() {
    #expect(QEMUVersion(major: 9, minor: 2) < QEMUVersion.oldestSupported)
    #expect(QEMUVersion(major: 10, minor: 10) > QEMUVersion(major: 10, minor: 2))
    #expect(QEMUVersion(banner: "QEMU emulator version ten") == nil)
  }
}
