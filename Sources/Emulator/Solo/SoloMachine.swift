/// What plain QEMU's `virt` machine has where, as far as a domain that runs alone could get in its way
/// (QEMU 10.0, `hw/arm/virt.c` and `hw/arm/boot.c`).
enum SoloMachine {
  /// The flash in which QEMU's reset vector lies; what is given with `-bios` starts here.
  static let resetAddress: UInt64 = 0
  /// RAM starts here and goes on for as long as `-m` says.
  static let ramBase: UInt64 = 0x4000_0000
  /// Without a kernel QEMU puts a device tree of its own at the start of RAM; it is padded to this size.
  static let ownTreeSize: UInt64 = 0x10_0000
  /// The PL011 that `-serial` connects, and its interrupt.
  static let console: (base: UInt64, intid: UInt32) = (0x900_0000, 33)
  /// The GIC's distributor, whatever its version.
  static let distributor: UInt64 = 0x800_0000
  /// The most CPUs that a GICv3 of this machine takes with one redistributor region.
  static let cpuLimit = 123
  /// The most CPUs that a GICv2 takes.
  static let cpuLimitOfGICv2 = 8
  /// The most RAM that is asked for.
  static let ramLimit: UInt64 = 255 << 30
}
