/// Which hypervisor a manifest's images are for.
public enum Backend: String, Sendable, CaseIterable {
  /// Bulkhead's own.
  case bulkhead
  /// Xen in its dom0less configuration.
  case xen
}
