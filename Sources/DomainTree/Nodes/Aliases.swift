import DeviceTree

/// `/aliases`: the board's own, where their nodes were copied, so that a device keeps its number (`ttymxc1`, `mmc0`);
/// a console without an alias gets the first free of `serial0`, `serial1`, …
struct Aliases {
  /// The console's alias.
  let console: String?
  /// The node, or `nil` if there is nothing to name.
  let node: TreeNode?

  /// Takes the console's path, and the board's aliases of copied nodes by their new paths.
  init(console: String?, devices: [(name: String, path: String)]) {
    var aliases = TreeNode("aliases")
    for device in devices.sorted(by: { $0.name < $1.name }) where aliases.property(device.name) == nil {
      aliases.set(device.name, device.path)
    }
    let known = devices.filter { $0.path == console }.map(\.name).min { first, second in
      (first.hasPrefix("serial") ? 0 : 1, first) < (second.hasPrefix("serial") ? 0 : 1, second)
    }
    var name = known
    if let console, known == nil {
      var number = 0
      while aliases.property("serial\(number)") != nil { number += 1 }
      aliases.set("serial\(number)", console)
      name = "serial\(number)"
    }
    self.console = name
    node = aliases.properties.isEmpty ? nil : aliases
  }
}
