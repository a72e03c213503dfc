import Diagnostics
import Foundation

/// The emulator on this machine.
public struct QEMU: Sendable {
  /// The name of the program.
  public static let program = "qemu-system-aarch64"

  /// Arguments that every run needs: no window, no monitor, no default devices (some want firmware files that
  /// distributions leave out), and an end instead of a reset of the machine.
  public static let commonArguments = ["-nodefaults", "-display", "none", "-monitor", "none", "-no-reboot"]

  /// Options that put a board's serial lines, in the board's order, where a `Session` with as many `lines` as are used
  /// looks for them: the first used one on standard input and output, the others on descriptors 3, 4, and so on.
  public static func serialArguments(areUsed: [Bool]) -> [String] {
    var used = 0
    return areUsed.flatMap { isUsed -> [String] in
      guard isUsed else { return ["-serial", "null"] }
      used += 1
      guard used > 1 else { return ["-serial", "stdio"] }
      return ["-chardev", "socket,id=line\(used),fd=\(used + 1)", "-serial", "chardev:line\(used)"]
    }
  }

  /// Where the program is.
  public let path: String
  /// What it says it is.
  public let version: QEMUVersion

  /// Looks for the program in the folders of a search path (the value of PATH) and asks it for its version.
  public static func find(
    searchPath: String = ProcessInfo.processInfo.environment["PATH"] ?? ""
  ) throws(EmulatorError) -> QEMU {
    guard let path = InstalledProgram.path(of: program, searchPath: searchPath) else {
      throw EmulatorError(
        Finding(
          EmulatorRules.present, .error, "`\(program)` is in no folder of the PATH", subjects: [program],
          resource: ResourceReference(.file, program),
          help: "run `make setup`, or install QEMU \(QEMUVersion.oldestSupported) or newer with its Arm system emulator"
        ))
    }
    return QEMU(path: path, version: try version(of: path))
  }

  private static func version(of path: String) throws(EmulatorError) -> QEMUVersion {
    let output = try BoundedCommand.output(of: path, arguments: ["--version"], seconds: 20)
    let banner = output.split(separator: "\n").first.map(String.init) ?? ""
    guard let version = QEMUVersion(banner: banner) else {
      throw EmulatorError(
        Finding(
          EmulatorRules.present, .error,
          "`\(program) --version` does not answer as QEMU does but with \"\(banner.prefix(80))\"", subjects: [program],
          resource: ResourceReference(.file, program),
          help: "look which `\(program)` comes first on the PATH"))
    }
    guard version >= .oldestSupported else {
      throw EmulatorError(
        Finding(
          EmulatorRules.recent, .error,
          "QEMU is version \(version), but \(QEMUVersion.oldestSupported) or newer is needed", subjects: [program],
          resource: ResourceReference(.file, program),
          help: "run `make setup`, which takes it from bookworm-backports"))
    }
    return version
  }
}
