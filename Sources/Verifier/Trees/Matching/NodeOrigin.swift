/// Why a node stands in a domain's tree.
enum NodeOrigin: Hashable, Sendable {
  /// The root, `/chosen`, `/aliases`, `/cpus`, `/psci`, `/reserved-memory`, `/timer`.
  case root, chosen, aliases, processors, processorStart, reservedMemory, timer
  /// A CPU, and a cache behind CPUs.
  case processor, cache
  /// A region of RAM.
  case memory
  /// A granted node of reserved memory.
  case grantedMemory
  /// The virtual interrupt controller.
  case controller
  /// The performance monitors of the CPUs.
  case performanceMonitor
  /// The virtual watchdog.
  case watchdog
  /// The virtual console and its clock.
  case console, consoleClock
  /// A channel.
  case channel
  /// The PCI bus that shows channels as functions, and such a function.
  case functionBus, function
  /// A flat bus.
  case bus
  /// A device, or a node below one, of the board.
  case device
  /// A fixed clock, a fixed factor or a fixed regulator of the board's.
  case provider
  /// The node that holds firmware's nodes, and one of these.
  case firmwareGroup, firmware
  /// A fixed clock or regulator that stands in for one of the board's.
  case standIn
  /// Nothing that is known.
  case unexplained

  /// Whether the node is the board's own, copied.
  var isCopy: Bool {
    switch self {
    case .device, .provider, .firmware, .grantedMemory: true
    default: false
    }
  }

  /// Whether a reference to the board's node may lead to this one.
  var isReferable: Bool { isCopy || self == .processor }
}
