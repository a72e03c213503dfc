import Diagnostics
import FoundationEssentials

#if canImport(Darwin)
  import Darwin
#else
  import Glibc
#endif

/// The folder beside an output folder in which that one is written: on the same file system, so that it can be moved.
package enum TemporarySibling {
  /// As many names are tried; more builds into one folder at once nobody runs.
  private static let mostNames = 1000

  /// Makes a folder that nobody else has, and the folders above it; its path.
  package static func make(of target: String) throws(InputError) -> String {
    let parent = parent(of: target)
    do {
      try FileManager.default.createDirectory(atPath: parent, withIntermediateDirectories: true)
    } catch {
      throw OutputFile.failure(target, "the folder \(parent) cannot be made", help: "name another folder with -o")
    }
    for attempt in 0..<mostNames {
      let path = "\(target).bulkhead-new-\(getpid())-\(attempt)"
      if mkdir(path, 0o777) == 0 { return path }
      guard errno == EEXIST else {
        let reason = String(cString: strerror(errno))
        throw OutputFile.failure(
          target, "the folder \(path) cannot be made: \(reason)", help: "name another folder with -o")
      }
    }
    throw OutputFile.failure(
      target, "there are \(mostNames) folders named \(target).bulkhead-new-… already", help: "remove them")
  }

  /// The folder that holds `path`.
  package static func parent(of path: String) -> String {
    guard let slash = path.lastIndex(of: "/") else { return "." }
    return slash == path.startIndex ? "/" : String(path[..<slash])
  }
}
