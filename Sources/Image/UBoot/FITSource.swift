import Ownership
import Partition

/// `system.its`: what `mkimage` makes the FIT image of (U-Boot, doc/uImage.FIT/source_file_format.txt).
///
/// The hypervisor is the kernel, every other piece a loadable at its physical address; each carries its SHA-256, and
/// the one configuration names them all.
struct FITSource {
  /// The name of the configuration.
  static let configuration = "system"

  private let plan: Plan
  private let pieces: [Piece]
  private let tree: UInt64
  private let key: SigningKey?

  /// Describes a FIT image; `tree` is where U-Boot is to put the board's tree.
  init(plan: Plan, pieces: [Piece], tree: UInt64, key: SigningKey?) {
    self.plan = plan
    self.pieces = pieces.filter { $0.contents.count > 0 }
    self.tree = tree
    self.key = key
  }

  /// An upper bound for the image: the contents, what describes them, and a signature.
  static func room(pieces: [Piece], treeSize: UInt64) -> UInt64 {
    pieces.reduce(treeSize + 32 << 10) { $0 + $1.contents.count + 1024 }
  }

  /// The text; file names count from the folder `u-boot`.
  var text: String {
    let images = pieces.map { node($0) } + [treeNode]
    return """
      /dts-v1/;

      / {
      \tdescription = "\(Self.escaped(plan.manifest.name.value))";
      \t#address-cells = <2>;

      \timages {
      \(images.joined(separator: "\n"))
      \t};

      \tconfigurations {
      \t\tdefault = "\(Self.configuration)";
      \(configuration)
      \t};
      };

      """
  }

  private var configuration: String {
    let loadables = pieces.filter { $0.role != "hypervisor" }.map { "\"\(Self.name($0))\"" }
    var lines = ["kernel = \"hypervisor\";", "fdt = \"board\";"]
    if !loadables.isEmpty { lines.append("loadables = \(loadables.joined(separator: ", "));") }
    if let key {
      let signed = loadables.isEmpty ? "\"kernel\", \"fdt\"" : "\"kernel\", \"fdt\", \"loadables\""
      lines += [
        "signature-1 {", "\talgo = \"\(key.algorithm)\";", "\tkey-name-hint = \"\(Self.escaped(key.name))\";",
        "\tsign-images = \(signed);", "};",
      ]
    }
    return Self.block(Self.configuration, lines, depth: 2)
  }

  private func node(_ piece: Piece) -> String {
    let isHypervisor = piece.role == "hypervisor"
    let part = piece.isScattered ? ", \(piece.offset), \(piece.contents.count)" : ""
    let what =
      isHypervisor ? "the hypervisor with its tables" : piece.words.replacing("the ", with: "", maxReplacements: 1)
    var lines = [
      "description = \"\(Self.escaped(what))\";",
      "data = /incbin/(\"../\(piece.file)\"\(part));", "type = \"\(isHypervisor ? "kernel" : "firmware")\";",
      "arch = \"arm64\";", "os = \"linux\";", "compression = \"none\";", "load = \(Self.cells(piece.memory.base));",
    ]
    if isHypervisor { lines.append("entry = \(Self.cells(piece.memory.base));") }
    return Self.block(Self.name(piece), lines + Self.hash, depth: 2)
  }

  /// `bootm` of an arm64 kernel wants a device tree; the hypervisor does not look at it.
  private var treeNode: String {
    let lines = [
      "description = \"the board's device tree\";", "data = /incbin/(\"../board.dtb\");", "type = \"flat_dt\";",
      "arch = \"arm64\";", "compression = \"none\";", "load = \(Self.cells(tree));",
    ]
    return Self.block("board", lines + Self.hash, depth: 2)
  }

  private static let hash = ["hash-1 {", "\talgo = \"sha256\";", "};"]

  /// `hypervisor`, or `NAME-ROLE` as the file is called; names that differ in files differ here.
  private static func name(_ piece: Piece) -> String {
    guard piece.role != "hypervisor" else { return "hypervisor" }
    let part = piece.isScattered ? "-at-\(piece.offset)" : ""
    guard piece.role != "device-tree" else { return "tree-\(piece.owner)\(part)" }
    if piece.role == Piece.pristineRole { return "pristine-" + piece.file.replacing("/", with: "-") }
    let file = piece.file.split(separator: "/").last.map(String.init) ?? piece.file
    return "payload-" + (file.hasSuffix(".bin") ? String(file.dropLast(4)) : file) + part
  }

  private static func cells(_ address: UInt64) -> String {
    "<0x\(String(address >> 32, radix: 16)) 0x\(String(address & 0xFFFF_FFFF, radix: 16))>"
  }

  private static func block(_ name: String, _ lines: [String], depth: Int) -> String {
    let indent = String(repeating: "\t", count: depth)
    return ([indent + name + " {"] + lines.map { indent + "\t" + $0 } + [indent + "};"]).joined(separator: "\n")
  }

  /// A text inside the quotes of a DTS string (devicetree specification, “Node and property definitions”).
  private static func escaped(_ text: String) -> String {
    text.utf8.map { byte in
      let isPlain = (0x20..<0x7F).contains(byte) && byte != UInt8(ascii: "\"") && byte != UInt8(ascii: "\\")
      let digits = String(byte, radix: 16)
      return isPlain ? String(UnicodeScalar(byte)) : "\\x" + (digits.count < 2 ? "0" : "") + digits
    }.joined()
  }
}
