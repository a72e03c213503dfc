import DeviceTree

/// A node whose every property is known beforehand.
struct NodeForm {
  /// The properties that it has to have, with their values.
  private(set) var expected = TreeNode("")

  /// Starts without properties.
  init() {}

  /// Takes what a function sets.
  init(_ fill: (inout TreeNode) -> Void) { fill(&expected) }

  /// Everything in which a node differs.
  func faults(of node: Node) -> [TreeFault] {
    var faults: [TreeFault] = []
    for property in node.properties {
      guard let wanted = expected.property(property.name) else {
        faults.append(TreeFault(path: node.path, property: property.name, message: "is not explained"))
        continue
      }
      if wanted.value != property.value {
        let words = "is \(PropertyWords.words(property)) and should be \(PropertyWords.words(wanted))"
        faults.append(TreeFault(path: node.path, property: property.name, message: words))
      }
    }
    for property in expected.properties where !node.has(property.name) {
      let words = "is missing and should be \(PropertyWords.words(property))"
      faults.append(TreeFault(path: node.path, property: property.name, message: words))
    }
    return faults
  }
}
