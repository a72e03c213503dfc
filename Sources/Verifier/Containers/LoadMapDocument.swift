/// `load-map.json` as this module reads it, from what the README and the file itself say: a declaration of its own, so
/// that a mistake of the writer's shows.
struct LoadMapDocument: Decodable {
  /// One run of memory.
  struct Piece: Decodable {
    let role: String
    let owner: String
    let file: String?
    let offset: UInt64
    let address: String
    let size: UInt64
    let memorySize: UInt64
    let sha256: String?

    enum CodingKeys: String, CodingKey {
      case role, owner, file, offset, address, size, sha256
      case memorySize = "memory-size"
    }
  }

  /// What was made for U-Boot.
  struct UBoot: Decodable {
    let fit: String
    let fitAddress: String
    let fitSize: UInt64
    let fitSHA256: String
    let configuration: String
    let treeAddress: String
    let script: String
    let scriptSHA256: String

    enum CodingKeys: String, CodingKey {
      case fit, configuration, script
      case fitAddress = "fit-address"
      case fitSize = "fit-size"
      case fitSHA256 = "fit-sha256"
      case treeAddress = "tree-address"
      case scriptSHA256 = "script-sha256"
    }
  }

  let version: Int
  let name: String
  let board: String
  let entry: String
  let pieces: [Piece]
  let uBoot: UBoot?

  enum CodingKeys: String, CodingKey {
    case version, name, board, entry, pieces
    case uBoot = "u-boot"
  }
}
