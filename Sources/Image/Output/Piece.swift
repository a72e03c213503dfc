import Diagnostics
import Ownership

/// One run of memory that is loaded, and where its bytes come from.
struct Piece: Sendable {
  /// What it is, in the load map's words.
  let role: String
  /// Whose it is, in the load map's words.
  let owner: String
  /// Its file in the output folder.
  let file: String
  /// Where its bytes start in the file.
  let offset: UInt64
  /// Whether the file's bytes are scattered over several pieces.
  let isScattered: Bool
  /// The bytes.
  let contents: FileContents
  /// The memory that it takes, by physical address; at least as long as the bytes.
  let memory: AddressRange
  /// Where the manifest speaks of it.
  let span: SourceSpan?

  /// The role of a copy of a payload that EL2 keeps for restarts; its file is the payload's.
  static let pristineRole = "pristine"

  /// How messages name it.
  var words: String {
    if role == Self.pristineRole { return "the pristine copy of \(file)" }
    return owner == "hypervisor" ? "the hypervisor" : "the \(role) of domain \(owner)"
  }
}
