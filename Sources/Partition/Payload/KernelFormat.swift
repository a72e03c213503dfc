/// What a domain's kernel is.
public enum KernelFormat: Hashable, Sendable {
  /// An arm64 kernel Image: Linux, Xen, Zephyr and others.
  case image(ImageHeader)
  /// An ELF program with addresses of its own.
  case elf(ProgramFile)
  /// Code without any header.
  case raw
}
