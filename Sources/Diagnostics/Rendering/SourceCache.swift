/// The lines of the files that findings point into, read when first asked for.
///
/// A file that is gone, too large or no text has no lines: a finding is then shown without an excerpt.
public final class SourceCache {
  private static let largestFile = 1 << 20
  private var lines: [String: [Substring]] = [:]

  /// An empty cache.
  public init() {}

  /// Gives a file's text, so that it is not read from disk.
  public func add(_ text: String, as file: String) { lines[file] = Self.split(text) }

  /// A line of a file, counted from 1, without its line break; `nil` if there is none.
  public func line(_ number: Int, of file: String) -> Substring? {
    let all = lines[file] ?? load(file)
    return number >= 1 && number <= all.count ? all[number - 1] : nil
  }

  private func load(_ file: String) -> [Substring] {
    let text = Self.read(file)
    let result = text.map(Self.split) ?? []
    lines[file] = result
    return result
  }

  private static func read(_ file: String) -> String? {
    guard let bytes = try? OrdinaryFile.read(file, limit: largestFile) else { return nil }
    return String(validating: bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? bytes[3...] : bytes[...], as: UTF8.self)
  }

  /// Lines as YAML counts them: a line feed, a carriage return, or both together end one.
  private static func split(_ text: String) -> [Substring] {
    text.split(omittingEmptySubsequences: false) { $0 == "\n" || $0 == "\r\n" || $0 == "\r" }
  }
}
