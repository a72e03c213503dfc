import HostileSupport

/// The tables of assembled instructions, each with its base register x0.
enum FormTable {
  /// Loads of every kind.
  case loads
  /// Stores, atomics and the zeroing of a block.
  case stores
  /// Hints and cache maintenance by address.
  case harmless
  /// Instructions of parts of the architecture that the domain was not given.
  case optional
  /// Loads and stores of A32, with the base register r0.
  case aarch32

  /// An instruction of the table; 0 at its end.
  func form(_ index: UInt64) -> UInt32 {
    switch self {
    case .loads: hostile_load_form(index)
    case .stores: hostile_store_form(index)
    case .harmless: hostile_harmless_form(index)
    case .optional: hostile_optional_form(index)
    case .aarch32: hostile_aarch32_form(index)
    }
  }

  /// Calls `body` with each instruction of the table.
  func forEach(_ body: (UInt32) -> Void) {
    var index: UInt64 = 0
    while true {
      let form = form(index)
      if form == 0 { return }
      body(form)
      index += 1
    }
  }
}
