/// One interrupt line of a domain, as the architecture has it, and what of its history decides what may come.
struct ModelLine {
  /// The domain has it.
  var isOwn = false
  /// The hardware's, so that other lines of the machine have the same registers.
  var isPhysical = false
  var isEdge = false
  var isEnabled = false
  var priority: UInt8 = 0
  /// The device asserts it.
  var level = false
  /// It became pending and has not been acknowledged or cleared since.
  var isDue = false
  /// How many acknowledgements are accounted for by what happened, beyond a level.
  var credit = 0
  /// CPUs of the domain that have acknowledged it and not ended it.
  var handlers = CPUSet.none
  /// The domain wrote its active state.
  var isForced = false
  /// Since the last rest the domain changed its active state or priority behind a handler's back, after which the
  /// architecture leaves open what becomes of an occurrence under way.
  var isDisturbed = false
  /// CPUs that it goes to, now and at any time since the last rest.
  var targets = CPUSet(0)
  var pastTargets = CPUSet(0)
  /// SGI of a GICv2: CPUs that sent it and that nobody acknowledged.
  var senders = CPUSet.none

  /// It can be acknowledged.
  var isJustified: Bool { level || isDue || credit > 0 }

  /// Once more while it is pending may be once more for the domain: EL2 may have taken the line before, and the hardware
  /// then keeps a request of its own for after the end.
  mutating func becomesDue() {
    credit = isDue || level ? max(credit, 1) + 1 : credit + 1
    isDue = true
  }

  mutating func setLevel(_ value: Bool) {
    // It may be under way to the domain.
    if level, !value { credit += 1 }
    level = value
  }

  /// Nothing is under way any more.
  ///
  /// - Parameter waits: but for this line, which waits on a CPU to be enabled. Other CPUs cannot take it from there.
  mutating func rest(waits: Bool) {
    credit = waits ? 1 : 0
    isForced = false
    isDisturbed = false
    pastTargets = targets
  }
}
