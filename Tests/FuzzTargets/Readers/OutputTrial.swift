import Foundation
import Ownership
import Verifier

/// Output folders, one file of which is the input: the load map, `image.elf`, `single.img` or the FIT image. The others are
/// those of a system of two small pieces.
///
/// What is accepted puts the pieces into memory, and segments that do not overlap.
enum OutputTrial {
  /// The hypervisor and one payload: bytes that tell their place.
  static let pieces: [(file: String, address: UInt64, bytes: [UInt8])] = [
    ("hypervisor.img", 0x4020_0040, (0..<96).map { UInt8($0) }),
    ("payloads/kernel.bin", 0x4040_00A0, (0..<40).map { UInt8(200 - $0) }),
  ]

  @Sendable static func run(_ bytes: [UInt8]) throws {
    guard let kind = bytes.first else { return }
    let input = Array(bytes.dropFirst())
    var files = Dictionary(uniqueKeysWithValues: pieces.map { ($0.file, $0.bytes) })
    files["board.dtb"] = [0xD0, 0x0D, 0xFE, 0xED]
    files["u-boot/boot.scr"] = [0x27]
    files["load-map.json"] = Array(loadMap(fitSize: kind % 4 == 3 ? input.count : nil).utf8)
    switch kind % 4 {
    case 0: files["load-map.json"] = input
    case 1: files["image.elf"] = input
    case 2: files["single.img"] = input
    default: files["u-boot/system.itb"] = input
    }
    try ScratchFile.withFolder(files) { try read($0, isOwnMap: kind % 4 != 0) }
  }

  private static func read(_ folder: String, isOwnMap: Bool) throws(Mismatch) {
    let output: FinishedOutput
    do throws(VerifierError) {
      output = try FinishedOutput(folder: folder, checksHashes: false)
    } catch {
      try require(!isOwnMap, "the load map is as it should be, and refused: \(error.finding.message)")
      try require(!error.finding.message.isEmpty, "refused without words")
      return
    }
    for container in output.containers {
      for (segment, next) in zip(container.segments, container.segments.dropFirst()) {
        try require(segment.memory.last < next.memory.base, "\(container.name): \(segment.memory) and \(next.memory)")
      }
    }
    if !isOwnMap || !output.findings.isEmpty { return }
    for container in output.containers {
      for piece in pieces {
        guard let memory = AddressRange(base: piece.address, size: UInt64(piece.bytes.count)) else { continue }
        try require(container.bytes(at: memory) ?? [], is: piece.bytes, "\(container.name), accepted, at \(memory)")
      }
    }
  }

  static func loadMap(fitSize: Int?) -> String {
    let hash = String(repeating: "0", count: 64)
    let entries = zip(["hypervisor", "kernel"], pieces).map { role, piece in
      """
      {"role": "\(role)", "owner": "\(role == "kernel" ? "cluster" : role)", "file": "\(piece.file)", "offset": 0,
       "address": "\(hexadecimal(piece.address))", "size": \(piece.bytes.count), "memory-size": 4096, "sha256": "\(hash)"}
      """
    }
    let uBoot = fitSize.map { size in
      """
      , "u-boot": {"fit": "u-boot/system.itb", "fit-address": "0x48000000", "fit-size": \(size), "fit-sha256": "\(hash)",
      "configuration": "system", "tree-address": "0x47000000", "script": "u-boot/boot.scr", "script-sha256": "\(hash)"}
      """
    }
    return """
      {"version": 1, "name": "fuzz", "board": "generic", "entry": "0x40200040",
      "pieces": [\(entries.joined(separator: ",\n"))]\(uBoot ?? "")}
      """
  }
}
