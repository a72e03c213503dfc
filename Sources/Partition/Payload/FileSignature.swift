/// Bytes at a fixed place that give a file format away.
struct FileSignature: Sendable {
  /// Where the bytes stand.
  let offset: Int
  /// The bytes.
  let bytes: [UInt8]
  /// The format.
  let format: ForeignFormat

  init(at offset: Int = 0, _ bytes: [UInt8], _ name: String, _ advice: String) {
    self.offset = offset
    self.bytes = bytes
    format = ForeignFormat(name, advice)
  }

  init(at offset: Int = 0, _ text: String, _ name: String, _ advice: String) {
    self.init(at: offset, Array(text.utf8), name, advice)
  }

  /// Whether a file that starts with `start` has the signature.
  func matches(_ start: [UInt8]) -> Bool {
    ByteReader(start).has(bytes, at: offset)
  }

  /// The format that a kernel must not have, if `start` shows one of them. An arm64 Image and an ELF file are judged
  /// before; `MZ` alone is therefore a PE file that is no arm64 kernel.
  static func recogniseForeignKernel(_ start: [UInt8]) -> ForeignFormat? {
    (compressed + wrapped + otherMachines + noPrograms).first { $0.matches(start) }?.format
  }

  /// The format that an initial RAM file system must not have, if `start` shows one of them. Linux unpacks the
  /// compressed ones by itself.
  static func recogniseForeignRAMDisk(_ start: [UInt8]) -> ForeignFormat? {
    (programs + wrapped + otherMachines + noPrograms.filter { $0.bytes != cpioMagic })
      .first { $0.matches(start) }?.format
  }

  /// The start of a cpio archive of the “new ASCII” kind (Linux, Documentation/driver-api/early-userspace/buffer-format).
  static let cpioMagic = Array("070701".utf8)

  private static let unpack = "unpack it, and name the unpacked arm64 Image as `kernel:`"

  private static let compressed: [FileSignature] = [
    FileSignature([0x1F, 0x8B, 0x08], "a gzip-compressed file", unpack + " (gunzip)"),
    FileSignature(at: 4, [0x31, 0x41, 0x59, 0x26, 0x53, 0x59], "a bzip2-compressed file", unpack + " (bunzip2)"),
    FileSignature([0xFD, 0x37, 0x7A, 0x58, 0x5A, 0x00], "an xz-compressed file", unpack + " (unxz)"),
    FileSignature([0x5D, 0x00, 0x00, 0x80, 0x00, 0xFF, 0xFF, 0xFF], "an lzma-compressed file", unpack + " (unlzma)"),
    FileSignature([0x5D, 0x00, 0x00, 0x00, 0x04, 0xFF, 0xFF, 0xFF], "an lzma-compressed file", unpack + " (unlzma)"),
    FileSignature([0x04, 0x22, 0x4D, 0x18], "an lz4-compressed file", unpack + " (lz4 -d)"),
    FileSignature([0x02, 0x21, 0x4C, 0x18], "an lz4-compressed file of the old kind", unpack + " (lz4 -d)"),
    FileSignature([0x28, 0xB5, 0x2F, 0xFD], "a zstd-compressed file", unpack + " (zstd -d)"),
    FileSignature([0x89, 0x4C, 0x5A, 0x4F], "an lzop-compressed file", unpack + " (lzop -d)"),
  ]

  private static let wrapped: [FileSignature] = [
    FileSignature(
      [0x27, 0x05, 0x19, 0x56], "a U-Boot uImage",
      "name what is inside the uImage (dumpimage takes it out); Bulkhead loads without U-Boot's header"),
    FileSignature(
      [0xD0, 0x0D, 0xFE, 0xED], "a device tree or a U-Boot FIT image",
      "name the kernel itself (dumpimage takes it out of a FIT image)"),
    FileSignature("ANDROID!", "an Android boot image", "take the kernel out (unpack_bootimg), and name that"),
    FileSignature(at: 4, "zimg", "a compressed EFI zboot kernel", "build or unpack `Image` instead of `vmlinuz.efi`"),
  ]

  private static let otherMachines: [FileSignature] = [
    FileSignature(at: 0x24, [0x18, 0x28, 0x6F, 0x01], "a kernel for 32-bit Arm (zImage)", "name an arm64 Image"),
    FileSignature(at: 0x202, "HdrS", "a kernel for x86 (bzImage)", "name an arm64 Image"),
    FileSignature(at: 56, [0x52, 0x53, 0x43, 0x05], "a kernel for RISC-V", "name an arm64 Image"),
    FileSignature([0xCF, 0xFA, 0xED, 0xFE], "a Mach-O program", "build for aarch64-none-elf and name that"),
    FileSignature("MZ", "a Windows or EFI program (PE)", "name an arm64 Image, an ELF file or raw code"),
  ]

  private static let noPrograms: [FileSignature] = [
    FileSignature(cpioMagic, "a cpio archive", "name it as `initrd:`, and a kernel as `kernel:`"),
    FileSignature(at: 257, "ustar", "a tar archive", "name a file, not an archive of files"),
    FileSignature([0x50, 0x4B, 0x03, 0x04], "a zip archive", "name a file, not an archive of files"),
    FileSignature("hsqs", "a squashfs file system", "name a file, not a file system"),
    FileSignature("#!/", "a script", "name a program for arm64"),
    FileSignature(
      "version https://git-lfs", "a Git LFS pointer, not the file it stands for", "fetch the file with `git lfs pull`"),
    FileSignature("!<arch>\n", "a static library or Debian package", "name the linked program"),
    FileSignature("S00", "a Motorola S-record file", "convert it to raw binary (objcopy -I srec -O binary)"),
    FileSignature(":10", "an Intel HEX file", "convert it to raw binary (objcopy -I ihex -O binary)"),
  ]

  private static let programs: [FileSignature] = [
    FileSignature(
      [0x7F, 0x45, 0x4C, 0x46], "an ELF program", "name an initramfs as `initrd:` (cpio, or compressed cpio)"),
    FileSignature(
      at: ImageHeader.magicOffset, ImageHeader.magic, "an arm64 kernel Image",
      "name it as `kernel:`, and an initramfs (cpio, or compressed cpio) as `initrd:`"),
  ]
}
