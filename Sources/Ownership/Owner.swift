/// Who a resource belongs to.
public enum Owner: Hashable, Sendable {
  /// The domain of this name.
  case domain(String)
  /// The code, data and tables at EL2, and every device that EL2 drives.
  case hypervisor
  /// What runs at EL3 or on other processors, and the boot loader while it works.
  case firmware
  /// The channel of this name: one writer, several readers.
  case channel(String)
  /// Nobody may reach it.
  case nobody
}
