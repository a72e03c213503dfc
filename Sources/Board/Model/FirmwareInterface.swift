/// How the CPUs of a board are started.
public enum FirmwareInterface: Hashable, Sendable {
  /// PSCI by SMC.
  case psciSMC(path: String)
  /// PSCI by HVC: the tree was made for a guest, so no EL2 is to be had.
  case psciHVC(path: String)
  /// Spin tables.
  case spinTable
  /// Nothing that Bulkhead knows.
  case none
}
