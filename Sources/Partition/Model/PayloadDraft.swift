import Diagnostics
import Ownership

/// A payload with its guest address, whether or not the domain has memory there.
public struct PayloadDraft: Hashable, Sendable {
  /// What the bytes are for.
  public let role: PlacedPayload.Role
  /// The file as the manifest names it, resolved; `nil` for the domain's generated tree.
  public let file: String?
  /// Offset of the first byte in the file.
  public let offset: UInt64
  /// How many bytes come from the file; 0 for the tree.
  public let fileSize: UInt64
  /// Where they are to be, by guest address, with what has to be zero behind them.
  public let guest: AddressRange
  /// The same by physical address, in its order: one run, unless the memory is coloured; empty if no single region of the
  /// domain's RAM holds all of it.
  public let runs: [AddressRange]
  /// Where the manifest names the file, or for the tree the domain.
  public let span: SourceSpan?

  /// From the first byte of `runs` to the last; `nil` if there are none.
  public var physical: AddressRange? {
    runs.first.flatMap { first in runs.last.flatMap { AddressRange(base: first.base, last: $0.last) } }
  }

  /// The payload as a message names it: `kernel build/Image`, `device tree`.
  public var description: String {
    let what = role == .deviceTree ? "device tree" : role.rawValue
    return file.map { "\(what) \($0)" } ?? what
  }

  /// The payload in its final form; `nil` while it has no physical address.
  var placed: PlacedPayload? {
    physical.map {
      PlacedPayload(role: role, file: file, offset: offset, fileSize: fileSize, runs: runs, physical: $0, guest: guest)
    }
  }
}
