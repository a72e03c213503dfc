import Diagnostics

/// The keys of a manifest.
enum ManifestKeys {
  /// The one version that this program reads.
  static let version: UInt64 = 1

  static let manifest = Key(
    "manifest", versionForm, required: true, "The version of the manifest's format: `manifest: 1`.")
  static let name = Key("name", nameForm, "What the system is called in reports; without it, the file's name.")
  static let board = Key(
    "board", boardForm, required: true,
    "A board that Bulkhead knows (`bulkhead boards` lists them), or `generic` with a `device-tree`.")
  static let deviceTree = Key(
    "device-tree", .path, "The flattened device tree of the board, in place of the one that comes with it.")
  static let backend = Key(
    "backend", .word(Backend.self), "The hypervisor that the images are for: `bulkhead` (default) or `xen`.")
  static let xen = Key("xen", XenKeys.form, "Which Xen the images are for; only with `backend: xen`.")
  static let include = Key(
    "include", Form.list(of: .namedPath, "a list of files") { ($0.value, $0.span) },
    "Files with the same keys, joined before this one; a key set twice is an error unless its section is marked "
      + "`override: true`.")
  static let hypervisor = Key("hypervisor", HypervisorKeys.form, "What EL2 itself gets.")
  static let memoryBanks = Key(
    "memory-banks", Form.list(of: MemoryRangeKeys.bank, "a list of `{ base, size }`", atLeast: 1),
    "The board's RAM, in place of the device tree's memory nodes.")
  static let reserved = Key(
    "reserved", Form.list(of: MemoryRangeKeys.reserved, "a list of `{ base, size, owner, reason }`"),
    "Memory that firmware or other processors keep and the device tree does not show.")
  static let disabled = Key(
    "disabled", Form.list(of: .node, "a list of device-tree nodes") { ($0.value, $0.span) },
    "Device-tree nodes that nobody may use, so that a neighbour in the same page can be assigned.")
  static let domains = Key(
    "domains",
    Form.entries(Name.ofDomain, of: DomainKeys.form, "a section with one key for each domain", atLeastOne: true),
    required: true, "The domains: each gets its own CPUs, memory, devices and software.")
  static let channels = Key(
    "channels", Form.entries(Name.ofChannel, of: ChannelKeys.form, "a section with one key for each channel"),
    "What domains share: memory that one writes and others read.")
  static let providers = Key(
    "providers",
    Form.entries(ProviderKeys.node, of: ProviderKeys.form, "a section with one device-tree node for each provider"),
    "Policies for hardware (clocks, resets, power domains …) that several domains' devices depend on.")
  static let waivers = Key(
    "waivers", Form.list(of: WaiverKeys.form, "a list of `{ rule, subject, reason, approved-by }`"),
    "Findings that a person accepts; they stay in the report as assumptions of use.")
  static let expect = Key(
    "expect", Form.list(of: ExpectationKeys.form, "a list of `{ domain, console, within }`"),
    "What `bulkhead test` waits for.")

  static let all: [any SectionKey] = [
    manifest, name, board, deviceTree, backend, xen, include, hypervisor, memoryBanks, reserved, disabled, domains,
    channels, providers, waivers, expect,
  ]

  /// A whole manifest, its includes already joined.
  static let form = Form<Manifest>.section(all) { fields, _ in
    let file = fields.node.span.start.file
    let health = ChannelDeclaration.healthPage(fields[domains] ?? [])
    return Manifest(
      file: file, name: fields[name] ?? Located(FilePaths.stem(of: file), at: nil),
      board: fields[board] ?? Located("", at: nil), deviceTree: fields[deviceTree],
      backend: fields[backend] ?? Located(.bulkhead, at: nil), xen: fields[xen],
      hypervisor: fields[hypervisor] ?? HypervisorSection(console: nil, memory: nil, colours: []),
      memoryBanks: fields[memoryBanks], reserved: fields[reserved] ?? [], disabled: fields[disabled] ?? [],
      domains: fields[domains] ?? [], channels: (fields[channels] ?? []) + [health].compactMap { $0 },
      providers: fields[providers] ?? [], waivers: fields[waivers] ?? [], expectations: fields[expect] ?? [])
  }

  /// Whether `manifest:` states a number that is not this version.
  static func isOfOtherVersion(_ node: YAMLNode) -> Bool {
    guard case .scalar(let scalar) = node.content, case .success(let number) = WholeNumber.parse(scalar.text) else {
      return false
    }
    return scalar.isPlain && number != version
  }

  private static let versionForm = Form<Located<UInt64>>(Schema(["const": .unsigned(version)])) { node, reading in
    let what = "the number 1"
    guard let scalar = reading.scalar(of: node, expecting: what),
      let number = reading.number(scalar, of: node, expecting: what, in: 0...UInt64.max)
    else { return nil }
    guard number.value != version else { return number }
    reading.report(
      ManifestRules.version, at: node,
      "this manifest is of version \(number.value), and this Bulkhead reads version \(version)",
      help: "write `manifest: \(version)`, or use the Bulkhead that the manifest was written for")
    return nil
  }

  private static let nameForm: Form<Located<String>> = .line("a name", atLeast: 1).map {
    name, node, reading -> Located<String>? in
    guard name.value.count <= 63 else {
      reading.report(
        ManifestRules.textForm, at: node, "the manifest's name has \(name.value.count) characters",
        help: "choose one of at most 63")
      return nil
    }
    return name
  }

  private static let boardForm: Form<Located<String>> = .line("the name of a board", atLeast: 1).map {
    name, node, reading -> Located<String>? in
    let isName =
      name.value.first != "."
      && name.value.unicodeScalars.allSatisfy { scalar in
        scalar.isASCII
          && (Character(scalar).isLetter || Character(scalar).isNumber || "._-".unicodeScalars.contains(scalar))
      }
    guard isName else {
      reading.report(
        ManifestRules.textForm, at: node, "\(Quotation.quoted(name.value)) is no name of a board",
        help: "`bulkhead boards` lists the names; a board's own tree goes under `device-tree:`")
      return nil
    }
    return name
  }
}
