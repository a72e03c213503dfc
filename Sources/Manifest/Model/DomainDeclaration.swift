import Diagnostics

/// One domain of `domains:` as it was written.
public struct DomainDeclaration: Sendable {
  /// The domain's name.
  public let name: Located<String>
  /// The place of the whole section, for findings that concern all of it.
  public let span: SourceSpan
  /// `criticality:`.
  public let criticality: Located<Criticality>?
  /// `cpus:`, each counted from 0 in tree order or named by node; empty only if the key is missing or an error.
  public let cpus: [Located<CPUReference>]
  /// `requires:`, CPU features that the domain cannot do without.
  public let requires: [Located<String>]
  /// `memory:`; a single size counts as one region.
  public let memory: [MemoryDeclaration]
  /// `kernel:`, the path.
  public let kernel: Located<String>?
  /// `load:`, a guest address (raw kernels only).
  public let load: Located<UInt64>?
  /// `entry:`, a guest address (raw kernels only).
  public let entry: Located<UInt64>?
  /// `initrd:`, the path.
  public let initrd: Located<String>?
  /// `files:`, further payloads.
  public let files: [FileDeclaration]
  /// `cmdline:`.
  public let commandLine: Located<String>?
  /// `device-tree:`, the path of the user's own tree; `nil` for a generated one.
  public let deviceTree: Located<String>?
  /// `devices:`.
  public let devices: [DeviceDeclaration]
  /// `reserved-memory:`, nodes granted to this domain.
  public let reservedMemory: [Located<String>]
  /// `console:`; `nil` if not written.
  public let console: Located<ConsoleKind>?
  /// `interrupts:`; virtual if not written.
  public let interrupts: Located<InterruptDelivery>
  /// `on-fault:`; halt if not written.
  public let onFault: Located<FaultReaction>
  /// `restart:`.
  public let restart: RestartDeclaration?
  /// `watchdog:`, in microseconds.
  public let watchdog: Located<UInt64>?
  /// `watchdog-start:`, in microseconds.
  public let watchdogStart: Located<UInt64>?
  /// `health: read`.
  public let health: Located<Bool>?
  /// `smc:`, ranges of SMCCC function ids.
  public let smc: [Located<ClosedRange<UInt32>>]
  /// `features:`, name to on or off, in the order of writing.
  public let features: [FeatureDeclaration]
  /// `colours:`.
  public let colours: [Located<Int>]
  /// `bandwidth:`, in bytes per second.
  public let bandwidth: Located<UInt64>?
}

extension DomainDeclaration {
  /// Microseconds that the domain may take to start its watchdog where the manifest does not say.
  public static let usualWatchdogStart: UInt64 = 60_000_000

  /// Whether the domain gets an optional part of the architecture: pointer authentication unless it is taken away,
  /// everything else only where it is given.
  public func has(_ feature: Feature) -> Bool {
    features.last { $0.feature.value == feature }?.isOn.value ?? (feature == .pointerAuthentication)
  }
}
