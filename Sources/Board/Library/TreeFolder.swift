import DeviceTree
import Diagnostics
import Foundation

/// The compiled device trees in a folder and the folders below it.
public struct TreeFolder: Sendable {
  /// The folder.
  private let path: String
  /// The trees by their paths inside the folder, sorted.
  public let names: [String]

  /// More files than any collection of trees.
  private static let mostFiles = 100_000

  /// Looks for files that end in `.dtb`.
  ///
  /// - Throws: `InputError` if there is no such folder or no tree in it.
  public init(_ path: String) throws(InputError) {
    self.path = URL(fileURLWithPath: path).resolvingSymlinksInPath().path
    var names: [String] = []
    var seen = 0
    if let files = FileManager.default.enumerator(atPath: self.path) {
      while seen < Self.mostFiles, let name = files.nextObject() as? String {
        seen += 1
        if name.hasSuffix(".dtb") { names.append(name) }
      }
    }
    self.names = names.sorted()
    guard !names.isEmpty else {
      throw InputError(
        Finding(
          BoardRules.unreadableFile, .error, "\(path) is no folder with device trees (.dtb) in it", subjects: [path],
          resource: ResourceReference(.file, path), help: "name a folder of compiled trees"))
    }
  }

  /// What can be assigned on every one of them.
  public var summary: CorpusSummary {
    var boards: [BoardSummary] = []
    var unreadable: [String] = []
    for name in names {
      do throws(InputError) {
        boards.append(BoardSummary(name: name, DeviceListing(try Board.generic(treeFile: path + "/" + name))))
      } catch {
        unreadable.append(name)
      }
    }
    return CorpusSummary(boards, unreadable: unreadable)
  }
}
