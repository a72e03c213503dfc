import DeviceTree

/// `/aliases`: the console is `serial0`; the board's other aliases stay, where their nodes were copied.
enum AliasesNode {
  /// The node, or `nil` if there is nothing to name; `devices` are the board's aliases by their new paths.
  static func node(console: String?, devices: [(name: String, path: String)]) -> TreeNode? {
    var aliases = TreeNode("aliases")
    if let console { aliases.set("serial0", console) }
    for device in devices where aliases.property(device.name) == nil { aliases.set(device.name, device.path) }
    return aliases.properties.isEmpty ? nil : aliases
  }
}
