/// What a boot loader has to put where, and how QEMU is told; `load-map.json`.
public struct LoadMap: Codable, Hashable, Sendable {
  /// One run of memory.
  public struct Piece: Codable, Hashable, Sendable {
    /// What it is: `hypervisor`, `kernel`, `initrd`, `file`, `device-tree`, or `pristine` for a second copy of one of these
    /// that EL2 keeps for restarts.
    public let role: String
    /// Whose it is: `hypervisor`, or the domain's name.
    public let owner: String
    /// The file in this folder; missing where memory only has to be zero.
    public let file: String?
    /// Where its bytes start in the file.
    public let offset: UInt64
    /// Physical address of the first byte, hexadecimal.
    public let address: String
    /// How many bytes come from the file.
    public let size: UInt64
    /// How many bytes it takes in memory; those that the file does not give are zero, but for EL2's stacks, which may
    /// hold anything.
    public let memorySize: UInt64
    /// SHA-256 of the file, hexadecimal.
    public var sha256: String?

    enum CodingKeys: String, CodingKey {
      case role, owner, file, offset, address, size, sha256
      case memorySize = "memory-size"
    }
  }

  /// How QEMU is this board with everything loaded.
  public struct Emulation: Codable, Hashable, Sendable {
    /// Arguments behind the program's name, without serial lines; file names count from this folder.
    public let arguments: [String]
    /// QEMU's serial lines in its order (its options `-serial`); missing where one line is the hypervisor's.
    public let serial: [SerialLine]?
  }

  /// What is behind one of QEMU's serial lines.
  public struct SerialLine: Codable, Hashable, Sendable {
    /// The UART's node in the board's tree.
    public let uart: String
    /// Whose it is: `hypervisor`, or the domain's name; missing where it is nobody's.
    public let owner: String?
  }

  /// Counts up with every change of this file's meaning.
  public let version: Int
  /// The manifest's name.
  public let name: String
  /// The board.
  public let board: String
  /// Physical address of the first instruction, hexadecimal.
  public let entry: String
  /// The pieces in address order.
  public var pieces: [Piece]
  /// Missing where QEMU has no such board.
  public let qemu: Emulation?
  /// Missing unless a FIT image was asked for.
  public var uBoot: UBoot?

  enum CodingKeys: String, CodingKey {
    case version, name, board, entry, pieces, qemu
    case uBoot = "u-boot"
  }
}
