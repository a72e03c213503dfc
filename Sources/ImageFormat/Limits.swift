/// The largest system that the format can describe. The rules refuse a manifest beyond it.
public enum Limits {
  /// Domains in one image: each has a CPU of its own. The runtime keeps nothing per domain but what its record names.
  public static var domains: Int { 64 }
  /// CPUs in one image.
  public static var cpus: Int { 64 }
  /// CPUs of one domain: the virtual affinity keeps to Aff0, and an SGI's target list has 16 bits
  /// (Arm IHI 0069, ICC_SGI1R_EL1).
  public static var cpusPerDomain: Int { 16 }
  /// INTIDs below this number can be owned (Arm IHI 0069: SPIs are 32 to 1019).
  public static var interrupts: Int { 1020 }
  /// Memory regions of one domain.
  public static var regionsPerDomain: Int { 32 }
  /// Ranges of firmware calls of one domain; a call looks at each.
  public static var callRangesPerDomain: Int { 256 }
  /// Lines that EL2 makes for one domain: those of one word.
  public static var virtualInterruptsPerDomain: Int { 32 }
  /// Virtual devices of one domain; an access looks at each.
  public static var virtualDevicesPerDomain: Int { 32 }
  /// Restarts that a limit can count: EL2 remembers when each was.
  public static var restarts: Int { 15 }
  /// Pieces that one domain's pristine copy is made of.
  public static var copiesPerDomain: Int { 64 }
  /// Steps that reset the devices of one domain.
  public static var resetStepsPerDomain: Int { 64 }
  /// SMMUs that EL2 programs.
  public static var smmus: Int { 8 }
  /// Blocks of assigned stream ids, of all SMMUs; a DMA fault looks at those of its SMMU.
  public static var streams: Int { 256 }
  /// Bits of an assigned stream id on an SMMUv3: first-level tables of 128 KiB at most.
  public static var streamBits: Int { 20 }
  /// Characters of a domain's name.
  public static var nameLength: Int { 31 }
}
