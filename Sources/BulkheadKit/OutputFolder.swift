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
  public func emulatorArguments() throws(InputError) -> [String] {
    guard let emulation = loadMap.qemu else {
      throw InputError(
        Finding(
          KitRules.emulated, .error,
          "QEMU has no board \(Quotation.quoted(loadMap.board)) that these images could run on", subjects: [path],
          resource: ResourceReference(.file, path), help: "load them on the board as load-map.json says"))
    }
    // A board that QEMU has to be given its tree for names it `board.dtb`.
    let files = Set(loadMap.pieces.compactMap(\.file) + ["board.dtb"])
    return emulation.arguments.map { argument in
      if files.contains(argument) { return path + "/" + argument }
      guard let option = argument.range(of: "loader,file=") else { return argument }
      // QEMU splits options at single commas; in a file name a comma is written twice.
      let place = path.replacingOccurrences(of: ",", with: ",,")
      return argument.replacingCharacters(in: option, with: "loader,file=\(place)/")
    } + QEMU.commonArguments + QEMU.serialArguments(areUsed: serialLines.map { $0 != nil })
  }
}
