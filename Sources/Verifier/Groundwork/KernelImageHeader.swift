/// The header of an arm64 Image (Linux, Documentation/arch/arm64/booting.rst, “Call the kernel image”): `text_offset` at 8,
/// `image_size` at 16, the magic number `ARM\x64` at 56.
struct KernelImageHeader {
  private static let magic: UInt32 = 0x644D_5241

  /// Distance of the first byte from a multiple of 2 MiB.
  let textOffset: UInt64
  /// Bytes of memory that the kernel takes from its first byte on.
  let imageSize: UInt64

  /// `nil` for a file that is no Image.
  init?(_ file: FileBytes) {
    guard (try? file.number(at: 56)) == Self.magic, let textOffset: UInt64 = try? file.number(at: 8),
      let imageSize: UInt64 = try? file.number(at: 16)
    else { return nil }
    self.textOffset = textOffset
    self.imageSize = imageSize
  }
}
