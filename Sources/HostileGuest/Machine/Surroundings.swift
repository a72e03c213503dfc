import GuestKit
import GuestSupport
import GuestTree
import HostileSupport

/// What the guest was given, by its own device tree. Everything else is somebody else's, whatever it may be: no address
/// of a neighbour, of the hypervisor or of the board stands anywhere in this guest.
struct Surroundings {
  let serial: SerialPort
  let memory: Window
  let distributor: Window
  /// The redistributors, or the CPU interface of a GICv2.
  let redistributors: Window
  let console: Window
  /// The shared page that it may only read.
  let channel: Window?
  /// A clock that it was given, if any.
  let clock: Window?
  /// Who owns what, where somebody tells.
  let foreign: ForeignMap?
  /// A PCI host bridge that it was given, if any.
  let pciHost: PCIHost?
  /// INTID of the console.
  let consoleInterrupt: UInt32
  /// The EL1 timers' INTIDs as bits of the first word of a GIC's registers.
  let timerInterrupts: UInt32
  /// What the guest is here for.
  let errand: Errand
  let interrupts: InterruptController
  /// The SGI_base frame of the redistributor of the CPU that starts first, or the distributor of a GICv2.
  let privateInterrupts: UInt64

  /// The bytes of one CPU's redistributor (GICv3 without the frames of GICv4; Arm IHI 0069, 12.10).
  static var redistributorSize: UInt64 { 0x2_0000 }

  init?(tree: Span<UInt8>) {
    guard let serial = SerialPort(tree: tree), let console = TreeSearch.console(in: tree),
      let consoleRegisters = console.registers(0, in: tree),
      let memory = TreeSearch.find(.deviceType("memory"), in: tree)?.registers(0, in: tree),
      let controller = TreeSearch.find(.compatible("arm,gic-v3"), in: tree)
        ?? TreeSearch.find(.compatible("arm,gic-400"), in: tree),
      let distributor = controller.registers(0, in: tree), let redistributors = controller.registers(1, in: tree),
      let interrupts = InterruptController(tree: tree)
    else { return nil }
    self.serial = serial
    errand = Errand(tree: tree)
    foreign = ForeignMap(tree: tree)
    pciHost = PCIHost(tree: tree)
    clock = TreeSearch.find(.compatible("arm,pl031"), in: tree)?.registers(0, in: tree).map { Window($0) }
    self.interrupts = interrupts
    self.memory = Window(memory)
    self.distributor = Window(distributor)
    self.redistributors = Window(redistributors)
    self.console = Window(consoleRegisters)
    privateInterrupts = interrupts.privateInterrupts
    consoleInterrupt = min(console.cell(1, of: "interrupts", in: tree) ?? 0, 987) + 32
    let channel = TreeSearch.find(.labelled("telemetry", compatible: "bulkhead,channel"), in: tree)
    self.channel = channel?.registers(0, in: tree).map { Window($0) }
    var timers: UInt32 = 0
    if let timer = TreeSearch.find(.compatible("arm,armv8-timer"), in: tree) {
      // Of secure, non-secure, virtual and hypervisor, the middle two (kernel binding `arm,arch_timer.yaml`).
      for entry in 1...2 {
        if let number = timer.cell(3 * entry + 1, of: "interrupts", in: tree), number < 16 {
          timers |= 1 << (number + 16)
        }
      }
    }
    timerInterrupts = timers
  }

  /// The GIC is a GICv2.
  var isGICv2: Bool { interrupts.cpuInterface != nil }

  /// GICD_CTLR as the guest needs it: affinity routing and Group 1, or on a GICv2 the one group.
  var distributorOn: UInt64 { isGICv2 ? 1 : 0x12 }

  /// The SGIs and PPIs of one of its two CPUs; on a GICv2 each sees its own.
  func privateInterrupts(of cpu: UInt64) -> UInt64 {
    isGICv2 ? privateInterrupts : privateInterrupts + Surroundings.redistributorSize * cpu
  }

  /// Whether a load at the address is the guest's right.
  func mayRead(_ address: UInt64) -> Bool { mayWrite(address) || channel?.contains(address) == true }

  /// Whether a store at the address is the guest's right.
  func mayWrite(_ address: UInt64) -> Bool {
    memory.contains(address) || distributor.contains(address) || redistributors.contains(address)
      || console.contains(address)
  }

  /// The lines that the guest owns among 32 INTIDs, as bits.
  func ownLines(word: UInt64) -> UInt64 {
    if word == 0 { return UInt64(timerInterrupts) | 0xFFFF }
    return word == UInt64(consoleInterrupt) / 32 ? 1 << (UInt64(consoleInterrupt) % 32) : 0
  }

  /// Calls `body` with addresses of others: one in each 16 MiB below 4 GiB, and the pages on both sides of everything
  /// that is the guest's.
  func forEachForeignSample(_ body: (UInt64) -> Void) {
    var address: UInt64 = 0x800
    while address < 1 << 32 {
      if !mayRead(address) { body(address) }
      address += 16 << 20
    }
    forEachWindow { window in
      let below = window.base &- 0x800
      let above = window.base + window.size + 0x800
      if window.base > 0, !mayRead(below) { body(below) }
      if !mayRead(above) { body(above) }
    }
  }

  /// Calls `body` with everything that is the guest's.
  func forEachWindow(_ body: (Window) -> Void) {
    body(memory)
    forEachDevice(body)
    if let channel { body(channel) }
  }

  /// Calls `body` with the devices that the hypervisor plays.
  func forEachDevice(_ body: (Window) -> Void) {
    body(distributor)
    body(redistributors)
    body(console)
  }
}
