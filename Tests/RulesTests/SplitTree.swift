/// A real tree whose devices two domains share out.
enum SplitTree {
  /// A manifest with the domains `left` and `right`, in which every DMA master may stay unprotected.
  static func manifest(_ tree: String, _ left: [String], _ right: [String]) -> String {
    func entries(_ devices: [String]) -> String {
      devices.map { "{ path: '\($0)', dma: unprotected, reason: test }" }.joined(separator: ", ")
    }
    return """
      manifest: 1
      name: real
      board: generic
      device-tree: \(tree)
      memory-banks: [{ base: 0x20000000000, size: 1 GiB }]
      domains:
        left: { cpus: [0], memory: 16 MiB, console: none, devices: [\(entries(left))] }
        right: { cpus: [1], memory: 16 MiB, console: none, devices: [\(entries(right))] }
      """
  }
}
