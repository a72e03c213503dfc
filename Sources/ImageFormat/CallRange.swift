/// A closed range of SMCCC function ids that a domain may pass to firmware.
public struct CallRange {
  /// The first id.
  public var first: UInt32
  /// The last id.
  public var last: UInt32
}
