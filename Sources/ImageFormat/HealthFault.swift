/// What ended a domain's run, in the health page.
public enum HealthFault: UInt32, Sendable {
  /// Nothing yet.
  case none = 0
  /// An instruction outside its memory; the address is where.
  case instruction = 1
  /// An exception that EL2 does not expect of a domain; the address is its syndrome (ESR_EL2).
  case exception = 2
  /// A system error on one of its CPUs; the address is the syndrome.
  case systemError = 3
  /// An error inside EL2 on one of its CPUs; address and PC are EL2's.
  case hypervisor = 4
  /// Its watchdog; the address is the period in microseconds.
  case watchdog = 5
  /// DMA of one of its devices; the address is where it went.
  case dma = 6
}
