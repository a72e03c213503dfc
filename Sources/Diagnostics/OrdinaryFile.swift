import Foundation

/// Reading files that somebody else named.
public enum OrdinaryFile {
  /// Why a file was not read.
  public enum Failure: Error {
    case missing
    case folder
    /// A device, a pipe or a socket, which might never end.
    case special
    case unreadable
    case tooLarge
  }

  /// The bytes of an ordinary file of at most `limit` bytes, symbolic links followed.
  public static func read(_ file: String, limit: Int) throws(Failure) -> [UInt8] {
    guard !file.isEmpty, !file.contains("\0") else { throw .missing }
    let path = URL(fileURLWithPath: file).resolvingSymlinksInPath().path
    guard let attributes = try? FileManager.default.attributesOfItem(atPath: path) else { throw .missing }
    switch attributes[.type] as? FileAttributeType {
    case .typeRegular: break
    case .typeDirectory: throw .folder
    default: throw .special
    }
    guard let handle = FileHandle(forReadingAtPath: path) else { throw .unreadable }
    defer { try? handle.close() }
    let data: Data
    do { data = try handle.read(upToCount: limit.addingReportingOverflow(1).partialValue) ?? Data() } catch {
      throw .unreadable
    }
    guard data.count <= limit else { throw .tooLarge }
    return Array(data)
  }
}
