/// Where the project lies.
enum Project {
  /// The root folder.
  static let root = String(#filePath.dropLast("/Tests/ManifestTests/Project.swift".count))
}
