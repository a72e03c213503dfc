import Foundation

/// The device trees of Debian's arm64 kernel package, as `make setup` unpacks them.
enum Corpus {
  /// The project's root folder.
  static let root = URL(filePath: #filePath).resolvingSymlinksInPath().deletingLastPathComponent()
    .deletingLastPathComponent().deletingLastPathComponent()

  /// All trees, by their path in the package (`vendor/board.dtb`), sorted.
  static let names: [String] = {
    let folder = root.appending(path: ".build/cache/device-trees").resolvingSymlinksInPath()
    let files = FileManager.default.enumerator(atPath: folder.path)?.compactMap { $0 as? String } ?? []
    return files.filter { $0.hasSuffix(".dtb") }.sorted()
  }()

  /// The bytes of one tree.
  static func blob(_ name: String) throws -> [UInt8] {
    [UInt8](try Data(contentsOf: root.appending(path: ".build/cache/device-trees/\(name)")))
  }
}
