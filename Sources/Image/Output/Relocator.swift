import Diagnostics

/// The code in the first page of `single.img` (`Sources/Relocator/relocator.S`), as it was assembled.
public struct Relocator: Sendable {
  /// Bytes that the code may take; the table of pieces follows.
  static let size = 4096

  /// The code, padded to `size` bytes.
  let bytes: [UInt8]

  /// Takes the assembled code; `file` is its name for messages.
  public init(_ bytes: [UInt8], file: String) throws(InputError) {
    // `BHSINGLE` behind the 64-byte arm64 Image header.
    guard bytes.count <= Self.size, bytes.load(littleEndian: UInt64.self, at: 64) == 0x454C_474E_4953_4842 else {
      throw InputError(
        Finding(
          ImageRules.runtime, .error, "\(file) is not the code that single.img starts with",
          resource: ResourceReference(.file, file), help: "build it from these sources: make build"))
    }
    self.bytes = bytes + [UInt8](repeating: 0, count: Self.size - bytes.count)
  }
}
