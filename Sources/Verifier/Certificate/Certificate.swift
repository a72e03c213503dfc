import Ownership

/// What was proved of one image, in a form that a second program rechecks without any of the code that proved it.
///
/// As text (`text`, `init(text:)`) it is one statement a line. Words stand apart by one space; a name stands between
/// quotation marks, with `"`, `\` and everything but printable ASCII written as `\u{HEX}`, so that no name can make a
/// line of its own. Numbers are decimal, addresses `0x…` in hexadecimal, a range is its first and last address.
///
///     bulkhead-certificate 1
///     name "cockpit"
///     board "qemu-virt"
///     input "manifest cockpit.yaml" SHA256
///     output "hypervisor.img" SIZE SHA256
///     container "image.elf"
///     piece hypervisor hypervisor "hypervisor.img" OFFSET SIZE 0x40200000..0x40226fff
///     piece kernel domain "cluster" …
///     claim BH-VER-010 proved EXAMINED "leaf descriptors"
///     assumption BH-VER-010 "…"
///     memory 0x40200000..0x40226fff hypervisor hypervisor rwx
///     memory 0x40400000..0x40400fff channel "telemetry" domain "cluster" rw domain "infotainment" r
///     device 0x9010000..0x9010fff domain "cluster" domain "cluster" rw
///     interrupt 34 domain "cluster" domain "cluster" rw
///     cpu 0x0 domain "cluster" domain "cluster" x
///     stream "/iommu@9050000" 0x10 0x0 …
///     provider "/clock-controller@0" firmware
///     call 0xc2000001..0xc2000001 ARGUMENT-MASK ARGUMENT-VALUE firmware domain "cluster" x
///     colour 3 …
///     sha256 SHA256-OF-EVERY-BYTE-BEFORE-THIS-LINE
///
/// The kinds of lines stand in this order. An owned thing is followed by its one owner and then by each party with its
/// rights, some of `rwx` in this order (a call's parties are who may make it); whoever is not named may do nothing. It holds no date and no path of the machine
/// that made it.
public struct Certificate: Hashable, Sendable {
  /// The version of the format that this code writes and reads.
  public static let version = 1
  /// The file's name in an output folder.
  public static let fileName = "certificate.txt"

  /// A file that the image was derived from.
  public struct Input: Hashable, Sendable {
    /// What it is and how the manifest names it: `domains.cluster.kernel ../cluster.bin`.
    public let subject: String
    /// SHA-256 of its bytes, hexadecimal.
    public let sha256: String

    /// Names an input.
    public init(subject: String, sha256: String) {
      self.subject = subject
      self.sha256 = sha256
    }
  }

  /// A file of the output folder.
  public struct Output: Hashable, Sendable {
    /// Its path below the folder.
    public let file: String
    /// How many bytes it has.
    public let size: UInt64
    /// SHA-256 of them, hexadecimal.
    public let sha256: String

    /// Names an output.
    public init(file: String, size: UInt64, sha256: String) {
      self.file = file
      self.size = size
      self.sha256 = sha256
    }
  }

  /// Where a part of a file goes.
  public struct Piece: Hashable, Sendable {
    /// `hypervisor`, `kernel`, `initrd`, `file` or `device-tree`.
    public let role: String
    /// Whose memory it goes to.
    public let owner: Owner
    /// The file; `nil` where the memory only has to be zero.
    public let file: String?
    /// Where its bytes start in the file.
    public let offset: UInt64
    /// How many bytes come from the file.
    public let size: UInt64
    /// The memory that it takes, by physical address.
    public let memory: AddressRange

    /// Describes a piece.
    public init(role: String, owner: Owner, file: String?, offset: UInt64, size: UInt64, memory: AddressRange) {
      self.role = role
      self.owner = owner
      self.file = file
      self.offset = offset
      self.size = size
      self.memory = memory
    }
  }

  /// What became of a claim.
  public struct Verdict: Hashable, Sendable {
    /// The claim's id, `BH-VER-…`.
    public let id: String
    /// `proved`, `assumed`, or `empty` where there is nothing that the claim could be about.
    public let word: String
    /// How many things were looked at.
    public let examined: Int
    /// What was counted.
    public let unit: String
    /// What it rests on beside the bytes.
    public let assumptions: [String]

    /// States an outcome.
    public init(id: String, word: String, examined: Int, unit: String, assumptions: [String]) {
      self.id = id
      self.word = word
      self.examined = examined
      self.unit = unit
      self.assumptions = assumptions
    }
  }

  /// The manifest's name.
  public let name: String
  /// The board.
  public let board: String
  /// Everything that the image was derived from.
  public let inputs: [Input]
  /// Every file of the folder that it speaks of, by name.
  public let outputs: [Output]
  /// The containers that were opened and hold the same system.
  public let containers: [String]
  /// Every piece, by address.
  public let pieces: [Piece]
  /// Every claim, in the order of their ids.
  public let verdicts: [Verdict]
  /// Who owns what, as the bytes say.
  public let ownership: Ownership

  /// Gathers a certificate.
  public init(
    name: String, board: String, inputs: [Input], outputs: [Output], containers: [String], pieces: [Piece],
    verdicts: [Verdict], ownership: Ownership
  ) {
    self.name = name
    self.board = board
    self.inputs = inputs
    self.outputs = outputs.sorted { $0.file < $1.file }
    self.containers = containers
    self.pieces = pieces.sorted { ($0.memory, $0.role) < ($1.memory, $1.role) }
    self.verdicts = verdicts
    self.ownership = ownership
  }
}
