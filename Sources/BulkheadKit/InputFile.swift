import Foundation

/// Reads a file that a verb relies on.
enum InputFile {
  /// The file's bytes, or a finding that names it.
  static func bytes(of path: String) throws(InputError) -> [UInt8] { [UInt8](try data(of: path)) }

  /// The same, mapped into memory and not copied: nobody may change the file meanwhile.
  static func mapped(_ path: String) throws(InputError) -> Data { try data(of: path, options: .alwaysMapped) }

  private static func data(of path: String, options: Data.ReadingOptions = []) throws(InputError) -> Data {
    do {
      return try Data(contentsOf: URL(fileURLWithPath: path), options: options)
    } catch {
      let isRuntime = Project.runtimes.contains { path.hasSuffix("/" + $0) }
      throw InputError(
        Finding(
          KitRules.readableInput, .error, "\(Quotation.quoted(path: path)) is missing or cannot be read",
          subjects: [path], resource: ResourceReference(.file, path),
          help: isRuntime ? "run `make build`, which links the EL2 runtime" : "check the path"))
    }
  }

  /// `size` bytes from `offset`; what the file no longer has is missing at the end.
  static func bytes(of path: String, offset: UInt64, size: UInt64) throws(InputError) -> [UInt8] {
    let whole = try bytes(of: path)
    let start = Int(clamping: min(offset, UInt64(whole.count)))
    let count = Int(clamping: min(size, UInt64(whole.count - start)))
    return Array(whole[start..<(start + count)])
  }
}
