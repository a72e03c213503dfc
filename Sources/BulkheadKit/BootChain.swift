/// What stands between QEMU's reset and the hypervisor's first instruction.
public enum BootChain: String, CaseIterable, Sendable {
  /// QEMU itself puts every piece in its place.
  case direct
  /// A real U-Boot loads and verifies the FIT image.
  case uBoot = "u-boot"
}
