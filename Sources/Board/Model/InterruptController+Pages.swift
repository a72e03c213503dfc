import Ownership

extension InterruptController {
  /// GICv2: the two pages of the physical CPU interface, the second of which holds nothing but GICC_DIR; `nil` where the
  /// tree does not give both.
  public var cpuInterfacePages: AddressRange? { cpuInterface.flatMap(Self.interfacePages) }

  /// GICv2: the two pages of the virtual CPU interface; `nil` where the tree does not give both.
  public var virtualCPUInterfacePages: AddressRange? { virtualCPUInterface.flatMap(Self.interfacePages) }

  /// A CPU interface is 8 KiB (Arm IHI 0048, 4.1.3). A window of 128 KiB is one wired for granules of 64 KiB (Server Base
  /// System Architecture, DEN 0029, on GICv2): each of its pages shows sixteen times, so that the last time of the first
  /// and the first time of the second stand together, at +0xF000. Linux tells such a window by its size as well.
  private static func interfacePages(of window: AddressRange) -> AddressRange? {
    let offset: UInt64 = window.size == 128 << 10 ? 0xF000 : 0
    guard window.size >= 8 << 10, window.base.isMultiple(of: Granule.page) else { return nil }
    return AddressRange(base: window.base + offset, size: 8 << 10)
  }
}
