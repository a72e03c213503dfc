/// ESR_EL2 (Arm DDI 0487, D19.2.40).
public struct Syndrome {
  /// The register's value.
  public let rawValue: UInt64

  /// Wraps a value of the register.
  public init(rawValue: UInt64) { self.rawValue = rawValue }

  /// EC, bits 31:26.
  public var exceptionClass: ExceptionClass {
    ExceptionClass(rawValue: UInt8(truncatingIfNeeded: rawValue >> 26) & 0x3F)
  }

  /// ISS, bits 24:0.
  public var iss: UInt32 { UInt32(truncatingIfNeeded: rawValue) & 0x1FF_FFFF }

  /// Bytes of the trapped instruction, by IL (bit 25).
  public var instructionLength: UInt64 { rawValue & (1 << 25) != 0 ? 4 : 2 }
}
