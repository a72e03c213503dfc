/// The largest table that is read at all. The numbers are those of the format (doc comments of `ImageFormat.Limits`) but
/// for the domains, of which the table could describe more than the runtime takes: VMIDs have 8 bits and domains own
/// at least one CPU each, so that 64 CPUs bound them.
enum PartitionLimits {
  static let domains = 64
  static let cpus = 64
  static let cpusPerDomain = 16
  static let regionsPerDomain = 32
  static let callRangesPerDomain = 256
  static let virtualDevicesPerDomain = 32
  static let restarts: UInt32 = 15
  static let copiesPerDomain = 64
  static let stepsPerDomain = 64
  /// Milliseconds that a limit on restarts can be about: 34 years.
  static let window: UInt64 = 1 << 40
  static let smmus = 8
  static let streams = 256
  static let streamBits: UInt32 = 20
  /// SPIs are 32 to 1019 (Arm IHI 0069, “INTIDs”).
  static let interrupts: UInt32 = 1020
  /// Identification registers that trap together by HCR_EL2.TID3 are those of CRm 1 to 7, op2 0 to 7 (Arm DDI 0487,
  /// D19.2, HCR_EL2); bits count CRm * 8 + op2.
  static let identificationRegisters: Range<Int> = 8..<64
}
