/// Commands of an SMMUv3, sixteen bytes each (Arm IHI 0070F.b, 4.1).
struct SMMUCommand {
  let low: UInt64
  let high: UInt64

  /// CMD_CFGI_ALL (4.3.5): nothing of any stream's configuration is kept.
  static var forgetEveryStream: SMMUCommand { SMMUCommand(low: 0x04, high: 31) }
  /// CMD_TLBI_NSNH_ALL (4.4.4): no translation of stages 1 and 2 is kept.
  static var forgetEveryTranslation: SMMUCommand { SMMUCommand(low: 0x30, high: 0) }
  /// CMD_SYNC (4.7.3) with CS 0: the consumer index says that it is done.
  static var synchronize: SMMUCommand { SMMUCommand(low: 0x46, high: 0) }

  /// CMD_CFGI_STE_RANGE (4.3.2), or CMD_CFGI_STE (4.3.1) with Leaf for a single stream.
  static func forget(stream id: UInt32, bits: UInt32) -> SMMUCommand {
    if bits == 0 { return SMMUCommand(low: UInt64(id) << 32 | 0x03, high: 1) }
    return SMMUCommand(low: UInt64(id) << 32 | 0x04, high: UInt64(bits &- 1))
  }

  /// CMD_TLBI_S12_VMALL (4.4.3): no translation of a VMID is kept.
  static func forgetTranslations(of identifier: UInt64) -> SMMUCommand {
    SMMUCommand(low: identifier << 32 | 0x28, high: 0)
  }
}
