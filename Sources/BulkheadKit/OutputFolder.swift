import Foundation

/// A folder that `build` wrote.
public struct OutputFolder: Sendable {
  /// The folder.
  public let path: String
  /// Its load map.
  public let loadMap: LoadMap

  /// Opens a folder; its load map has to be there and readable.
  public init(_ path: String) throws(InputError) {
    self.path = path
    let file = path + "/load-map.json"
    let bytes = try InputFile.bytes(of: file)
    do {
      loadMap = try JSONDecoder().decode(LoadMap.self, from: Data(bytes))
    } catch {
      throw InputError(
        Finding(
          KitRules.readableInput, .error, "\(Quotation.quoted(path: file)) is not a load map", subjects: [file],
          resource: ResourceReference(.file, file), help: "build the folder again with `bulkhead build`"))
    }
  }

  /// The folder of a build that has just been made.
  public init(_ path: String, loadMap: LoadMap) {
    self.path = path
    self.loadMap = loadMap
  }

  /// Names of the domains, in the load map's order, each once.
  public var domains: [String] {
    var names: [String] = []
    for piece in loadMap.pieces where piece.owner != "hypervisor" && !names.contains(piece.owner) {
      names.append(piece.owner)
    }
    return names
  }

  /// Whose output each serial line of QEMU carries, in QEMU's order; `nil` for a line of nobody's. A domain without a
  /// line of its own speaks on the hypervisor's.
  public var serialLines: [ConsoleLabels?] {
    guard let lines = loadMap.qemu?.serial else { return [.labelled(domains: domains)] }
    let owners = lines.compactMap(\.owner)
    return lines.map { line in
      guard line.owner == "hypervisor" else { return line.owner.map { .single($0) } }
      return .labelled(domains: domains.filter { !owners.contains($0) })
    }
  }

  /// QEMU's arguments with the folder in front of every file name, and the serial lines as `Session` takes them.
  public func emulatorArguments(_ chain: BootChain = .direct) throws(InputError) -> [String] {
    let emulation = chain == .direct ? loadMap.qemu : try uBoot().qemu
    guard let emulation else {
      throw InputError(
        Finding(
          KitRules.emulated, .error,
          chain == .direct
            ? "QEMU has no board \(Quotation.quoted(loadMap.board)) that these images could run on"
            : "there is no U-Boot for QEMU's board \(Quotation.quoted(loadMap.board))", subjects: [path],
          resource: ResourceReference(.file, path), help: "load them on the board as load-map.json says"))
    }
    // A board that QEMU has to be given its tree for names it `board.dtb`.
    let trees = ["board.dtb"] + [loadMap.uBoot?.key?.controlTree].compactMap { $0 }
    let files = Set(loadMap.pieces.compactMap(\.file) + trees)
    // QEMU splits options at single commas; in a file name a comma is written twice.
    let place = path.replacingOccurrences(of: ",", with: ",,")
    return emulation.arguments.map { argument in
      if files.contains(argument) { return path + "/" + argument }
      for option in ["loader,file=", "driver=vvfat,node-name=boot,read-only=on,dir="] {
        guard let range = argument.range(of: option) else { continue }
        return argument.replacingCharacters(in: range, with: "\(option)\(place)/")
      }
      return argument
    } + QEMU.commonArguments + QEMU.serialArguments(areUsed: serialLines.map { $0 != nil })
  }

  /// What was made for U-Boot, and the firmware file that QEMU starts is there.
  private func uBoot() throws(InputError) -> LoadMap.UBoot {
    guard let uBoot = loadMap.uBoot else {
      throw InputError(
        Finding(
          KitRules.emulated, .error, "\(Quotation.quoted(path: path)) holds nothing for U-Boot", subjects: [path],
          resource: ResourceReference(.file, path), help: "build it with `bulkhead build --fit`"))
    }
    let arguments = uBoot.qemu?.arguments ?? []
    if let option = arguments.firstIndex(of: "-bios"), option + 1 < arguments.count {
      let firmware = arguments[option + 1]
      guard FileManager.default.isReadableFile(atPath: firmware) else {
        throw InputError(
          Finding(
            KitRules.readableInput, .error, "U-Boot for QEMU is not there: \(Quotation.quoted(path: firmware))",
            subjects: [firmware], resource: ResourceReference(.file, firmware),
            help: "run `make setup`, or install the package u-boot-qemu"))
      }
    }
    return uBoot
  }
}
