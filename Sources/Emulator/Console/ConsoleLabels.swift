/// Whose output a serial line carries.
public enum ConsoleLabels: Sendable {
  /// Several domains: EL2 puts `[NAME] ` in front of each of their lines, and `[bulkhead] ` in front of its own. A line
  /// without such a label is EL2's, too, or the boot loader's.
  case labelled(domains: [String])
  /// One domain alone: every line is its own.
  case single(String)

  /// The name that EL2's own lines are shown under.
  public static let hypervisor = "bulkhead"

  /// The names that can appear, EL2's first.
  public var names: [String] {
    switch self {
    case .labelled(let domains): [ConsoleLabels.hypervisor] + domains
    case .single(let domain): [domain]
    }
  }
}
