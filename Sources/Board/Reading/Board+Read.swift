import DeviceTree

extension Board {
  /// What a tree says about a board. Never fails: what is malformed is left out or taken as it stands, and collected
  /// among the faults.
  ///
  /// - Parameters:
  ///   - name: the folder's name under `boards/`, or `generic`.
  ///   - treeFile: the tree's file as the user named it.
  public static func read(
    name: String, tree: DeviceTree, treeFile: String, description: BoardDescription
  ) -> Board {
    var reader = BoardReader(tree)
    let cpus = reader.cpus()
    let memory = reader.memory()
    let reserved = reader.reservedMemory(cpus)
    let controller = reader.interruptController(description)
    let timer = reader.timer()
    let smmus = reader.smmus()
    let devices = reader.devices(controller: controller, timer: timer, smmus: smmus)
    return Board(
      name: name, description: description, tree: tree, treeFile: treeFile, cpus: cpus, memory: memory,
      reservedMemory: reserved, interruptController: controller, timer: timer, firmware: reader.firmware(cpus),
      standardOutput: reader.standardOutput(), smmus: smmus, devices: devices, faults: reader.faults)
  }
}
