import DeviceTree
import TestSupport

/// The flattened form of what stands inside a root node.
func compile(_ body: String, symbols: Bool = false) throws -> [UInt8] {
  try CompiledTree.bytes(ofRoot: body, symbols: symbols)
}

/// The same, read.
func tree(_ body: String, symbols: Bool = false) throws -> DeviceTree {
  try DeviceTree(blob: try compile(body, symbols: symbols))
}
