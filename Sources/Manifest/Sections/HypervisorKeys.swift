import Diagnostics

/// The keys of `hypervisor:`.
enum HypervisorKeys {
  static let console = Key(
    "console", .node, "The UART that EL2 drives itself; default: the tree's stdout-path if no domain has it.")
  static let memory = Key("memory", .size, "How much memory EL2 gets; default: what it needs.")
  static let colours = Key("colours", DomainKeys.colourList, "The cache colours of the hypervisor's memory.")

  static let all: [any SectionKey] = [console, memory, colours]

  static let form = Form<HypervisorSection>.section(all) { fields, _ in
    HypervisorSection(console: fields[console], memory: fields[memory], colours: DomainKeys.colours(fields[colours]))
  }
}
