import Diagnostics
import Foundation

/// U-Boot's `mkimage` on this machine.
struct Mkimage {
  /// Its name.
  static let program = "mkimage"

  private let path: String

  /// Looks for the program in the folders of a search path.
  init(searchPath: String = ProcessInfo.processInfo.environment["PATH"] ?? "") throws(InputError) {
    let candidates = searchPath.split(separator: ":").map { "\($0)/\(Self.program)" }
    guard let path = candidates.first(where: FileManager.default.isExecutableFile) else {
      throw InputError(
        Finding(
          ImageRules.mkimage, .error, "`\(Self.program)`, which makes FIT images, is in no folder of the PATH",
          subjects: [Self.program], resource: ResourceReference(.file, Self.program),
          help: "run `make setup`, or install the package u-boot-tools; without --fit it is not needed"))
    }
    self.path = path
  }

  /// Runs it in a folder.
  ///
  /// No shell comes between; times in what it writes are those of 1970, so that the same input gives the same bytes.
  func run(_ arguments: [String], in folder: String) throws(InputError) {
    let process = Process()
    process.executableURL = URL(fileURLWithPath: path)
    process.arguments = arguments
    process.currentDirectoryURL = URL(fileURLWithPath: folder)
    process.environment = ProcessInfo.processInfo.environment.merging(["SOURCE_DATE_EPOCH": "0", "LC_ALL": "C"]) { $1 }
    process.standardInput = FileHandle.nullDevice
    let output = Pipe()
    process.standardOutput = output
    process.standardError = output
    do {
      try process.run()
    } catch {
      throw Self.failure(arguments, "it cannot be started")
    }
    let said = (try? output.fileHandleForReading.readToEnd()) ?? Data()
    process.waitUntilExit()
    guard process.terminationReason == .exit, process.terminationStatus == 0 else {
      throw Self.failure(arguments, Self.lastWords(String(decoding: said, as: UTF8.self)))
    }
  }

  /// The lines that say something, in one.
  private static func lastWords(_ text: String) -> String {
    let lines = text.split(whereSeparator: \.isNewline).suffix(4).map { $0.trimmingCharacters(in: .whitespaces) }
    return lines.isEmpty ? "it says nothing" : "it says: " + lines.joined(separator: "; ")
  }

  private static func failure(_ arguments: [String], _ reason: String) -> InputError {
    InputError(
      Finding(
        ImageRules.mkimage, .error, "`\(program)` failed: \(reason)", subjects: [program],
        resource: ResourceReference(.file, program),
        help: arguments.contains("-k")
          ? "look whether the key and the certificate of the same name belong together; dtc and mkimage have to be "
            + "those of Debian 12 or newer (`make setup`)"
          : "dtc and mkimage have to be those of Debian 12 or newer (`make setup`); without --fit they are not needed"))
  }
}
