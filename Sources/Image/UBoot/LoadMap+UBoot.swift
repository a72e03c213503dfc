extension LoadMap {
  /// What `build --fit` made for U-Boot.
  public struct UBoot: Codable, Hashable, Sendable {
    /// The folder with everything that belongs on the boot medium.
    public let folder: String
    /// The FIT image.
    public let fit: String
    /// Where it is loaded, hexadecimal.
    public let fitAddress: String
    /// How many bytes it has.
    public let fitSize: UInt64
    /// SHA-256 of it, hexadecimal.
    public let fitSHA256: String
    /// The configuration in it.
    public let configuration: String
    /// Where `bootm` puts the board's tree, hexadecimal.
    public let treeAddress: String
    /// The script as U-Boot runs it.
    public let script: String
    /// SHA-256 of the script, hexadecimal.
    public let scriptSHA256: String
    /// The key that the configuration is signed with; missing where it is not signed.
    public let key: Key?
    /// How QEMU is this board with U-Boot and the boot medium; missing where it cannot be.
    public let qemu: Emulation?

    /// A key and where its public half is.
    public struct Key: Codable, Hashable, Sendable {
      /// Its name.
      public let name: String
      /// What signs, in U-Boot's words.
      public let algorithm: String
      /// The board's tree with the public key in it, for U-Boot's own use.
      public let controlTree: String

      enum CodingKeys: String, CodingKey {
        case name, algorithm
        case controlTree = "control-tree"
      }
    }

    enum CodingKeys: String, CodingKey {
      case folder, fit, configuration, script, key, qemu
      case fitAddress = "fit-address"
      case fitSize = "fit-size"
      case fitSHA256 = "fit-sha256"
      case treeAddress = "tree-address"
      case scriptSHA256 = "script-sha256"
    }
  }
}
