/// Registers of the generic watchdog (Arm DEN0094, Base System Architecture, “Generic Watchdog”): the control frame, and
/// the refresh frame in the page behind it.
enum WatchdogRegister {
  /// WCS: EN (0), WS0 (1), WS1 (2).
  static var status: UInt32 { 0x000 }
  /// WOR, bits 31:0: ticks of a stage.
  static var offsetLow: UInt32 { 0x008 }
  /// WOR, bits 47:32.
  static var offsetHigh: UInt32 { 0x00C }
  /// WCV: when the present stage ends.
  static var compareLow: UInt32 { 0x010 }
  static var compareHigh: UInt32 { 0x014 }
  /// W_IIDR, in both frames.
  static var identification: UInt32 { 0xFCC }
  /// WRR, the first register of the refresh frame.
  static var refresh: UInt32 { 0x1000 }

  /// W_IIDR: version 1 of the architecture, whose WOR has 48 bits; no implementer.
  static var identificationValue: UInt32 { 1 << 16 }
}
