import Diagnostics

extension DeviceTree {
  /// More suggestions than this are no help.
  private static let mostSuggestions = 3

  /// What a person probably meant by a path, label or alias that names no node, the likeliest first: nodes of the same
  /// name elsewhere; of a path, a sibling with a similar name; labels and aliases with a similar name; a node with a similar
  /// name anywhere.
  public func suggestions(for reference: String) -> [String] {
    let word = reference.split(separator: "/").last.map(String.init) ?? reference
    var found = nodes.filter { $0.name == word && $0.parent != nil }.prefix(Self.mostSuggestions).map(\.path)
    if found.isEmpty, reference.hasPrefix("/"), let sibling = similarSibling(on: reference) { found.append(sibling) }
    if let name = Suggestions.nearest(to: word, among: (Array(labels.keys) + Array(aliases.keys)).sorted()) {
      found.append(name)
    }
    if found.isEmpty, let name = Suggestions.nearest(to: word, among: nodes.dropFirst().lazy.map(\.name)),
      let node = nodes.first(where: { $0.name == name })
    {
      found.append(node.path)
    }
    return Array(found.prefix(Self.mostSuggestions))
  }

  /// The last node on the way to `path` that exists, and the name that is not found below it.
  public func deepestNode(on path: String) -> (node: Node, missing: String) {
    var node = root
    for name in path.split(separator: "/") {
      guard let child = children(of: node).first(where: { $0.name == name }) else { return (node, String(name)) }
      node = child
    }
    return (node, "")
  }

  private func similarSibling(on path: String) -> String? {
    let (parent, missing) = deepestNode(on: path)
    guard let sibling = Suggestions.nearest(to: missing, among: children(of: parent).map(\.name)) else { return nil }
    return parent.path == "/" ? "/" + sibling : parent.path + "/" + sibling
  }
}
