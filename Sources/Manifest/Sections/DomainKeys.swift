import Diagnostics

/// The keys of a domain.
enum DomainKeys {
  static let criticality = Key(
    "criticality", .word(Criticality.self), "The highest safety integrity level of what runs here (ISO 26262).")
  static let cpus = Key(
    "cpus", Form.list(of: .cpu, "a list of CPUs, like `[0, 1]`", atLeast: 1, identity: CPUForm.identity),
    required: true,
    "The CPUs, counted from 0 in the device tree's order or named by node; the domain starts on the first.")
  static let requires = Key(
    "requires",
    Form.list(of: .line("the name of a CPU feature", atLeast: 1), "a list of CPU features") { ($0.value, $0.span) },
    "CPU features that the domain cannot do without.")
  static let memory = Key(
    "memory", MemoryKeys.form, required: true,
    "How much RAM: a size, or a list of regions with `size` and, where it matters, `base` and `guest`.")
  static let kernel = Key("kernel", .path, "What is started: an arm64 Image, an ELF file, or raw bytes.")
  static let load = Key(
    "load", .address, "Where raw bytes go, a guest address; default: the start of the first memory region.")
  static let entry = Key("entry", .address, "Where raw bytes start, a guest address; default: `load`.")
  static let initrd = Key("initrd", .path, "An initial RAM disk.")
  static let files = Key(
    "files", Form.list(of: FileKeys.form, "a list of `{ path, load }`"),
    "Further files to put into the domain's memory.")
  static let commandLine = Key("cmdline", .line("a command line"), "The kernel's command line.")
  static let deviceTree = Key(
    "device-tree", .path, "`generated` (default), or a flattened device tree of your own, which is then checked.")
  static let devices = Key(
    "devices", Form.list(of: DeviceKeys.form, "a list of devices", identity: DeviceKeys.identity),
    "Devices: node paths, labels or aliases of the board's tree; what lies below a node comes along.")
  static let reservedMemory = Key(
    "reserved-memory", Form.list(of: .node, "a list of device-tree nodes") { ($0.value, $0.span) },
    "Nodes of the tree's reserved memory that are granted to this domain.")
  static let console = Key(
    "console", .word(ConsoleKind.self), "`virtual` (a UART that EL2 shows on its own) or `none`.")
  static let interrupts = Key(
    "interrupts", .word(InterruptDelivery.self),
    "`virtual` (default: through EL2), or `direct` (at EL1, without entering EL2).")
  static let onFault = Key(
    "on-fault", .word(FaultReaction.self),
    "What a fault does: `halt` the domain (default), `restart` it, or `stop-system`.")
  static let restart = Key(
    "restart", RestartKeys.form, "How often the domain may restart; only with `on-fault: restart`.")
  static let watchdog = Key("watchdog", .time, "How long the domain may go without refreshing its watchdog.")
  static let watchdogStart = Key(
    "watchdog-start", .time, "How long the domain may take to start its watchdog (60 s if it is left out).")
  static let health = Key(
    "health", .only("read"),
    "`read`: the domain may read the health page: every domain's name, whether it runs, its restarts, faults and refusals."
  )
  static let smc = Key(
    "smc", Form.list(of: .calls, "a list of SMC function ids"),
    "Firmware calls that the domain may make; PSCI is never passed on.")
  static let features = Key("features", FeatureKeys.form, "Optional parts of the CPU that are given or withheld.")
  static let colourList = Form.list(
    of: .number("a cache colour, like `0`", in: 0...1023, name: "colour"), "a list of cache colours", atLeast: 1
  ) {
    (String($0.value), $0.span)
  }
  static let colours = Key("colours", colourList, "The cache colours of the domain's memory.")
  static let bandwidth = Key("bandwidth", .rate, "How much memory traffic the domain may cause.")

  static let all: [any SectionKey] = [
    criticality, cpus, requires, memory, kernel, load, entry, initrd, files, commandLine, deviceTree, devices,
    reservedMemory, console, interrupts, onFault, restart, watchdog, watchdogStart, health, smc, features,
    colours, bandwidth,
  ]

  static let form = Form<DomainDeclaration>.section(all) { fields, _ in
    DomainDeclaration(
      name: fields.heading, span: fields.node.place, criticality: fields[criticality], cpus: fields[cpus] ?? [],
      requires: fields[requires] ?? [], memory: fields[memory] ?? [], kernel: fields[kernel], load: fields[load],
      entry: fields[entry], initrd: fields[initrd], files: fields[files] ?? [], commandLine: fields[commandLine],
      deviceTree: fields[deviceTree].flatMap(ownTree), devices: fields[devices] ?? [],
      reservedMemory: fields[reservedMemory] ?? [], console: fields[console],
      interrupts: fields[interrupts] ?? Located(.virtual, at: nil), onFault: fields[onFault] ?? Located(.halt, at: nil),
      restart: fields[restart], watchdog: fields[watchdog], watchdogStart: fields[watchdogStart],
      health: fields[health], smc: fields[smc] ?? [], features: fields[features] ?? [],
      colours: colours(fields[colours]),
      bandwidth: fields[bandwidth])
  }

  /// Colours as they are counted; the form has seen to their range.
  static func colours(_ list: [Located<UInt64>]?) -> [Located<Int>] {
    (list ?? []).map { $0.map { Int(truncatingIfNeeded: $0) } }
  }

  /// The word `generated` is no path.
  private static func ownTree(_ path: Located<String>) -> Located<String>? {
    path.value == FilePaths.resolve("generated", relativeTo: path.span?.start.file ?? "") ? nil : path
  }
}
