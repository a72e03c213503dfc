/// Registers of an SMMUv3 by their offsets (Arm IHI 0070F.b, 6.2), and the fields that EL2 uses.
public enum SMMURegister {
  static var identification0: UInt64 { 0x0 }
  static var identification1: UInt64 { 0x4 }
  static var identification5: UInt64 { 0x14 }
  static var control0: UInt64 { 0x20 }
  static var control0Acknowledge: UInt64 { 0x24 }
  static var control1: UInt64 { 0x28 }
  static var control2: UInt64 { 0x2C }
  static var globalBypass: UInt64 { 0x44 }
  static var interruptControl: UInt64 { 0x50 }
  static var interruptControlAcknowledge: UInt64 { 0x54 }
  static var globalError: UInt64 { 0x60 }
  static var globalErrorAcknowledge: UInt64 { 0x64 }
  static var globalErrorMessage: UInt64 { 0x68 }
  static var streamTable: UInt64 { 0x80 }
  static var streamTableFormat: UInt64 { 0x88 }
  static var commandQueue: UInt64 { 0x90 }
  static var commandProducer: UInt64 { 0x98 }
  static var commandConsumer: UInt64 { 0x9C }
  static var eventQueue: UInt64 { 0xA0 }
  static var eventMessage: UInt64 { 0xB0 }
  /// Of page 1, which is 64 KiB above page 0.
  static var eventProducer: UInt64 { 0x1_00A8 }
  static var eventConsumer: UInt64 { 0x1_00AC }

  /// SMMU_CR0 (6.3.9): streams are translated; the event queue and the command queue are on.
  static var translate: UInt32 { 1 << 0 }
  static var eventsOn: UInt32 { 1 << 2 }
  static var commandsOn: UInt32 { 1 << 3 }
  /// SMMU_CR0.ATSCHK: what a device says it translated itself is looked at, and refused by every entry here.
  static var checkTranslated: UInt32 { 1 << 4 }
  /// SMMU_CR1 (6.3.11): tables and queues are Write-Back and Inner Shareable, as EL2 maps them.
  static var cacheableTables: UInt32 { 0xD75 }
  /// SMMU_CR2 (6.3.12): RECINVSID (1), streams without an entry are recorded; PTM (2), TLB invalidations that domains
  /// broadcast do not concern the SMMU.
  static var recordAndKeepApart: UInt32 { 1 << 2 | 1 << 1 }
  /// SMMU_GBPA (6.3.14): UPDATE (31) and ABORT (20).
  static var update: UInt32 { 1 << 31 }
  static var abort: UInt32 { 1 << 20 }
  /// SMMU_IRQ_CTRL (6.3.16): EVENTQ_IRQEN (2) and GERROR_IRQEN (0).
  static var eventAndErrorLines: UInt32 { 1 << 2 | 1 << 0 }
}
