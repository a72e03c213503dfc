/// Paths of device-tree nodes as texts.
enum NodePath {
  /// The path itself, then those of the nodes above it, without the root.
  static func upwards(from path: String) -> [String] {
    var paths: [String] = []
    var rest = path[...]
    while !rest.isEmpty {
      paths.append(String(rest))
      rest = rest[..<(rest.lastIndex(of: "/") ?? rest.startIndex)]
    }
    return paths
  }
}
