import Board
import Ownership
import Partition

/// How QEMU is told to be the board with everything loaded.
enum QEMUArguments {
  /// The arguments behind the program's name and the serial lines, files counted from the output folder; `nil` where
  /// QEMU has no such board.
  static func emulation(plan: Plan, pieces: [Piece]) -> LoadMap.Emulation? {
    guard let emulator = plan.board.description.emulator else { return nil }
    var arguments = machine(emulator, plan) + ["-kernel", "hypervisor.img"]
    for piece in pieces where piece.role != "hypervisor" && piece.contents.count > 0 && !piece.isScattered {
      // force-raw: an ELF kernel's segment must not be taken for a file with addresses of its own.
      let address = piece.memory.base.hexadecimal
      arguments += ["-device", "loader,file=\(piece.file),addr=\(address),force-raw=on"]
    }
    // QEMU loads whole files; what is scattered over pages of some colours comes as segments.
    if pieces.contains(where: \.isScattered) { arguments += ["-device", "loader,file=\(ELFImage.scatteredName)"] }
    return LoadMap.Emulation(arguments: arguments, serial: serialLines(emulator, plan))
  }

  private static func serialLines(_ emulator: EmulatorDescription, _ plan: Plan) -> [LoadMap.SerialLine]? {
    let lines = emulator.serialLines.map { LoadMap.SerialLine(uart: $0, owner: owner(of: $0, in: plan)) }
    return lines.isEmpty ? nil : lines
  }

  private static func owner(of uart: String, in plan: Plan) -> String? {
    if plan.hypervisor.console?.path == uart { return "hypervisor" }
    return plan.domains.first { $0.devices.contains { $0.device.path == uart } }?.name
  }

  /// The same, with U-Boot and a medium that holds `folder`; `nil` where there is no U-Boot for the board. U-Boot looks
  /// for the key in `controlTree`.
  static func uBoot(plan: Plan, folder: String, controlTree: String?) -> LoadMap.Emulation? {
    let description = plan.board.description
    guard let emulator = description.emulator, !description.uBoot.qemuArguments.isEmpty else { return nil }
    let medium = ["-blockdev", "driver=vvfat,node-name=boot,read-only=on,dir=\(folder)"]
    let tree = controlTree.map { ["-dtb", $0] } ?? []
    return LoadMap.Emulation(
      arguments: machine(emulator, plan) + medium + description.uBoot.qemuArguments + tree,
      serial: serialLines(emulator, plan))
  }

  private static func machine(_ emulator: EmulatorDescription, _ plan: Plan) -> [String] {
    emulator.arguments + ["-smp", String(emulator.cpuCount ?? plan.board.cpus.count), "-m", memory(plan.ram)]
  }

  private static func memory(_ ram: [AddressRange]) -> String {
    let bytes = AddressSet(ram).runs.reduce(UInt64(0)) { $0 &+ $1.size }
    return bytes % (1 << 20) == 0 ? "\(bytes >> 20)M" : "\(bytes >> 10)K"
  }
}
