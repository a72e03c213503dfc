/// A node while its children and properties are still being collected.
struct UnfinishedNode {
  let index: Int
  let path: String
  let name: String
  let parent: Int?
  var children: [Int] = []
  var properties: [Property] = []

  init(index: Int, path: String, name: String, parent: Int?) {
    self.index = index
    self.path = path
    self.name = name
    self.parent = parent
  }

  var finished: Node {
    Node(index: index, path: path, name: name, parent: parent, children: children, properties: properties)
  }
}
