/// A key of every kind that a manifest may have, with a value that some manifest may give it. Each is put into every
/// section: where it belongs, it asks for something new; where not, it is unknown.
enum SampleKeys {
  static let all: [(key: String, value: ManifestItem)] = [
    ("colour-of-the-box", text("red")), ("backend", text("xen")), ("override", text("true")),
    ("xen", section(("image", text("xen")), ("config", text("xen.config")))), ("include", list(text("no-such.yaml"))),
    ("memory-banks", list(section(("base", text("0")), ("size", text("4 KiB"))))),
    ("reserved", list(section(("base", text("0")), ("size", text("4 KiB"))))),
    ("disabled", list(text("/no-such-node"))), ("requires", list(text("sha2"))), ("load", text("0x1000")),
    ("entry", text("0x1000")), ("initrd", text("no-such-file")),
    ("files", list(section(("path", text("no-such-file")), ("load", text("0x1000"))))),
    ("device-tree", text("no-such.dtb")), ("reserved-memory", list(text("/no-such-node"))),
    ("console", text("virtual")), ("interrupts", text("direct")), ("on-fault", text("restart")),
    ("restart", section(("limit", text("3")), ("within", text("10 s")))), ("watchdog", text("500 ms")),
    ("watchdog-start", text("30 s")),
    ("health", text("read")), ("smc", list(text("0x84000000"))), ("features", section(("pmu", text("on")))),
    ("colours", list(text("0"))), ("bandwidth", text("200 MB/s")), ("doorbell", text("true")),
    ("as", section(("infotainment", text("pci")))),
    ("kind", text("virtio-block")), ("server", text("nobody")), ("guest", text("0x1000")),
    ("dma", text("unprotected")), ("set", section(("reg", text("1")))), ("hypervisor", section(("memory", text("1")))),
    ("waivers", list(waiver("BH-MEM-010"))), ("rates", section(("1", text("24000000")))),
  ]

  private static func text(_ text: String) -> ManifestItem { .scalar(text, isQuoted: false) }
  private static func list(_ item: ManifestItem) -> ManifestItem { .list([item]) }
  private static func section(_ entries: (String, ManifestItem)...) -> ManifestItem {
    .section(entries.map { .init(key: $0.0, value: $0.1) })
  }
  private static func waiver(_ rule: String) -> ManifestItem {
    section(
      ("rule", text(rule)), ("subject", text("/nowhere")), ("reason", text("none")), ("approved-by", text("nobody")))
  }

  /// A manifest with RAM of its own, where it has none.
  static func banks(in root: ManifestItem) -> [ManifestItem] {
    guard case .section(let entries) = root, !entries.contains(where: { $0.key == "memory-banks" }) else { return [] }
    let bank = section(("base", text("0x40000000")), ("size", text("1 GiB")))
    return [.section(entries + [.init(key: "memory-banks", value: list(bank))])]
  }
}
