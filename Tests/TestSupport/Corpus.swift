import Foundation

/// The device trees of Debian's arm64 kernel package, as `make setup` unpacks them.
public enum Corpus {
  /// The folder that holds them.
  public static let folder = Repository.root + "/.build/cache/device-trees"

  /// All trees, by their path in the package (`vendor/board.dtb`), sorted.
  public static let names: [String] = {
    let start = URL(fileURLWithPath: folder).resolvingSymlinksInPath().path
    let files = FileManager.default.enumerator(atPath: start)?.compactMap { $0 as? String } ?? []
    return files.filter { $0.hasSuffix(".dtb") }.sorted()
  }()

  /// The bytes of one tree.
  public static func blob(_ name: String) throws -> [UInt8] {
    [UInt8](try Data(contentsOf: URL(fileURLWithPath: folder + "/" + name)))
  }
}
