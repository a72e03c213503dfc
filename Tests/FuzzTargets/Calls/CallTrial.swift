import HypervisorCore
import HypervisorModel
import ImageFormat
import Synchronization

/// Calls by HVC and SMC from the CPUs of two domains, with CPUs that begin, turn off and stop in between.
struct CallTrial {
  var system: ModelSystem
  var models: [CallModel]
  var input: InputBytes

  @Sendable static func run(_ bytes: [UInt8]) throws {
    var trial = CallTrial(InputBytes(bytes))
    while !trial.input.isAtEnd { try trial.step() }
  }

  static var regions: [RegionRecord] {
    [RegionRecord(guest: 0x4000_0000, size: 0x1000), RegionRecord(guest: 0xFFFF_FFFF_FFFF_F000, size: 0x1000)]
  }

  init(_ bytes: InputBytes) {
    var input = bytes
    let cpus = [input.choice(4) + 1, input.choice(2) + 1]
    var calls: [CallRange] = []
    for _ in 0..<input.choice(4) {
      let first: UInt32 = input.number()
      let length = input.bool() ? UInt32(input.byte()) : input.number()
      let mask: UInt64 = input.choice(of: [0, 0xFFFF_FFFF, .max])
      let (last, isTooFar) = first.addingReportingOverflow(length)
      calls.append(
        CallRange(
          first: first, last: isTooFar ? .max : last, argumentMask: mask, argumentValue: UInt64(input.byte()) & mask))
    }
    let hasFirmware = !input.bool()
    system = ModelSystem(
      [
        .init(name: "a", cpus: cpus[0], regions: Self.regions, calls: calls),
        .init(name: "b", cpus: cpus[1], regions: [Self.regions[0]]),
      ], cpuStart: hasFirmware ? .psci : .spinTable)
    let allowances = calls.map {
      CallModel.Allowance(functions: $0.first...$0.last, mask: $0.argumentMask, value: $0.argumentValue)
    }
    models = zip(cpus, [Self.regions, [Self.regions[0]]]).map { count, regions in
      CallModel(
        power: Array(repeating: .off, count: count),
        memory: regions.map { CallModel.Region(first: $0.guest, last: $0.guest + ($0.size - 1)) }, allowances: [],
        hasFirmware: hasFirmware)
    }
    models[0].allowances = allowances
    self.input = input
  }

  mutating func step() throws(Mismatch) {
    let domain = input.choice(2)
    let virtual = input.choice(models[domain].power.count)
    switch input.choice(4) {
    case 0: try begin(domain, virtual)
    case 1: try leave(domain, virtual)
    default: try call(domain, virtual)
    }
    try compare()
  }

  /// Functions that are worth trying more often than one of four thousand million.
  static let known: [UInt32] = [
    0x8400_0000, 0x8400_0001, 0xC400_0001, 0x8400_0002, 0x8400_0003, 0xC400_0003, 0x8400_0004, 0xC400_0004, 0x8400_0006,
    0x8400_0008, 0x8400_0009, 0x8400_000A, 0x8400_0012, 0xC400_0012, 0x8000_0000, 0x8000_0001, 0x8000_8000, 0x8000_7FFF,
    0x8000_3FFF,
  ]

  mutating func function() -> UInt32 { input.bool() ? input.choice(of: Self.known) : input.number() }

  mutating func argument() -> UInt64 {
    switch input.choice(5) {
    case 0: UInt64(input.byte())
    case 1: 0x4000_0000 + UInt64(input.number(UInt16.self))
    case 2: UInt64.max - UInt64(input.number(UInt16.self))
    case 3: UInt64(function())
    default: input.number()
    }
  }

  mutating func call(_ domain: Int, _ virtual: Int) throws(Mismatch) {
    let function = function()
    let arguments = [argument(), argument(), argument()]
    let number = domain == 0 ? virtual : models[0].power.count + virtual
    system.gic.kicks.removeAll()
    let before = models[domain].power
    let expected = models[domain].call(function, arguments[0], arguments[1], arguments[2])
    let outcome = system.virtualCPU(number).call(function, arguments[0], arguments[1], arguments[2])
    let found: CallModel.Outcome =
      switch outcome {
      case .answer(let value): .value(Int64(bitPattern: value))
      case .standby: .standby
      case .turnOff: .turnOff
      case .systemOff: .systemOff
      case .systemReset: .systemReset
      case .firmware: .firmware
      }
    let words = arguments.map { hexadecimal($0) }.joined(separator: ", ")
    let what = "domain \(domain), CPU \(virtual), call \(hexadecimal(function))(\(words))"
    try require(found, is: expected, what)
    let woken = models[domain].power.indices.filter { models[domain].power[$0] != before[$0] }
    let base = domain == 0 ? 0 : models[0].power.count
    try require(system.gic.kicks, is: woken.map { ModelSystem.affinity(base + $0) }, "\(what): CPUs woken")
  }

  /// A CPU that was woken begins, if it was asked to; as the runtime does, not in a domain that is being stopped.
  mutating func begin(_ domain: Int, _ virtual: Int) throws(Mismatch) {
    let found = system.partition.domainHandle(UInt32(domain)).cpu(virtual).shared.power.begin()
    guard case .pending(let entry, let context) = models[domain].power[virtual] else {
      try require(found == nil, "domain \(domain), CPU \(virtual) begins without CPU_ON")
      return
    }
    try require(found?.entry, is: entry, "domain \(domain), CPU \(virtual) begins at its entry point")
    try require(found?.context, is: context, "domain \(domain), CPU \(virtual) begins with its context")
    models[domain].power[virtual] = .on
  }

  /// CPU_OFF of a CPU that is on. The last one ends the domain, once.
  mutating func leave(_ domain: Int, _ virtual: Int) throws(Mismatch) {
    guard models[domain].power[virtual] == .on else { return }
    let state = system.partition.domainHandle(UInt32(domain))
    let wasLast = state.state.status.leave(virtual) == .stopped
    state.cpu(virtual).shared.power.turnOff()
    models[domain].power[virtual] = .off
    let isLast = models[domain].power.allSatisfy { $0 == .off }
    try require(
      wasLast, is: isLast && !models[domain].isStopped, "domain \(domain), CPU \(virtual) is the last to leave")
    models[domain].isStopped = models[domain].isStopped || isLast
  }

  /// Both domains are what their own calls made of them, and nothing that the other did shows.
  func compare() throws(Mismatch) {
    for (domain, model) in models.enumerated() {
      let handle = system.partition.domainHandle(UInt32(domain))
      for (virtual, power) in model.power.enumerated() {
        let expected: UInt64 =
          switch power {
          case .on: 0
          case .off: 1
          case .pending: 2
          }
        try require(
          handle.cpu(virtual).shared.power.affinityInfo, is: expected,
          "domain \(domain): AFFINITY_INFO of CPU \(virtual)")
      }
      try require(handle.state.status.mustStop, is: model.isStopped, "domain \(domain) is stopped")
      try require(
        handle.state.refusedCalls.load(ordering: .relaxed), is: UInt32(model.refused), "domain \(domain): calls refused"
      )
    }
    try require(system.gic.strays.isEmpty, "a call stored to the hardware")
  }
}
