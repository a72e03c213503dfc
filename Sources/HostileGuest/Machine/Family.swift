/// What the table at the end sums up by.
enum Family: Int {
  /// Memory and devices of others, page by page.
  case pages
  /// Every form of load, store, exclusive, atomic, pair and cache instruction.
  case accesses
  /// The guest's own stage 1 and address translation.
  case translation
  /// MRS, MSR and system instructions.
  case registers
  /// HVC and SMC.
  case calls
  /// Distributor and redistributors.
  case distributor
  /// The CPU interface and software interrupts.
  case interface
  /// Timers.
  case timers
  /// EL0, in AArch64 and AArch32.
  case user
  /// The virtual UART.
  case console
  /// Both CPUs at once.
  case bothCPUs
  /// Whether the victim's heart still beats.
  case victim

  /// How many there are.
  static var count: Int { 12 }

  /// As the table has it.
  var name: StaticString {
    switch self {
    case .pages: "pages"
    case .accesses: "accesses"
    case .translation: "translation"
    case .registers: "registers"
    case .calls: "calls"
    case .distributor: "distributor"
    case .interface: "cpu-interface"
    case .timers: "timers"
    case .user: "user-level"
    case .console: "console"
    case .bothCPUs: "both-cpus"
    case .victim: "victim-watch"
    }
  }
}
