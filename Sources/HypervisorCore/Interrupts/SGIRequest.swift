/// A value that a domain writes to ICC_SGI1R_EL1 (Arm IHI 0069, 12.2.19) or to GICD_SGIR (Arm IHI 0048, 4.3.15).
public struct SGIRequest: Equatable {
  /// INTID, 0 to 15.
  public let line: UInt32
  /// The CPUs of the domain that it goes to, one bit each by virtual Aff0.
  public let targets: UInt32

  /// Decodes a request.
  ///
  /// - Parameters:
  ///   - value: what was written.
  ///   - sender: virtual Aff0 of the CPU that wrote it.
  ///   - cpuCount: how many CPUs the domain has, 1 to 16. Others are not named by any affinity that the domain knows,
  ///     so that nothing is sent to them.
  @inline(__always)
  public init(value: UInt64, sender: Int, cpuCount: Int) {
    line = UInt32(truncatingIfNeeded: value >> 24) & 0xF
    let everyone: UInt32 = (1 &<< UInt32(truncatingIfNeeded: cpuCount)) &- 1
    if value & (1 << 40) != 0 {
      targets = everyone & ~(1 &<< UInt32(truncatingIfNeeded: sender))
    } else if value & Self.otherAffinities != 0 {
      targets = 0
    } else {
      targets = UInt32(truncatingIfNeeded: value) & 0xFFFF & everyone
    }
  }

  /// Decodes a write to GICD_SGIR: TargetListFilter in bits 25:24, CPUTargetList in 23:16, SGIINTID in 3:0.
  ///
  /// - Parameters: as above; the domain's CPUs are the CPU interfaces that it knows, in order.
  @inline(__always)
  public init(gicv2 value: UInt32, sender: Int, cpuCount: Int) {
    line = value & 0xF
    let everyone: UInt32 = (1 &<< UInt32(truncatingIfNeeded: cpuCount)) &- 1
    let own: UInt32 = 1 &<< UInt32(truncatingIfNeeded: sender)
    switch value >> 24 & 3 {
    case 0: targets = value >> 16 & 0xFF & everyone
    case 1: targets = everyone & ~own
    case 2: targets = own
    default: targets = 0
    }
  }

  /// What EL2 writes to the physical GICD_SGIR for its own SGI to one CPU: the CPU's bit in CPUTargetList, or, where only
  /// one CPU is and the GIC does not number it (Arm IHI 0048, 4.3.12), TargetListFilter 0b10, the CPU that writes. A list
  /// without any CPU would send nothing.
  ///
  /// - Parameters:
  ///   - line: INTID, 0 to 15.
  ///   - interface: the target's bit in the physical GICD_ITARGETSR; 0 where these read as zero.
  @inline(__always)
  public static func physical(_ line: UInt32, to interface: UInt32) -> UInt32 {
    (interface == 0 ? 2 << 24 : (interface & 0xFF) << 16) | line & 0xF
  }

  /// Aff1 (23:16), Aff2 (39:32), RS (47:44) and Aff3 (55:48): all 0 for every CPU of a domain.
  static var otherAffinities: UInt64 { 0x00FF_F0FF_00FF_0000 }
}
