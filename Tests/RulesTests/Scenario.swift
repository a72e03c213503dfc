import Foundation

/// One entry of Fixtures/scenarios.json: nodes of a real board's tree, put into two domains, with the right verdict.
struct Scenario: Sendable, Decodable, CustomStringConvertible {
  let id: String
  let board: String
  let kind: String
  let policy: String
  let domainA: [String]
  let domainB: [String]
  let reason: String
  let resourceKinds: Set<String>
  let firmwareProviders: [String]
  let banks: [Bank]

  struct Bank: Sendable, Decodable {
    let base: String
    let size: String
  }

  var description: String { "\(id): \(reason)" }

  /// All of them, in the file's order.
  static let all: [Scenario] = {
    let file = URL(fileURLWithPath: Fixture.folder + "/scenarios.json")
    return (try? JSONDecoder().decode([Scenario].self, from: Data(contentsOf: file))) ?? []
  }()

  private enum Key: String, CodingKey {
    case id, board, kind, policy, domainA, domainB, reason, clash
    case providers = "shared_firmware_providers"
    case banks = "memory_banks"
  }

  init(from decoder: any Decoder) throws {
    let values = try decoder.container(keyedBy: Key.self)
    id = try values.decode(String.self, forKey: .id)
    board = try values.decode(String.self, forKey: .board)
    kind = try values.decode(String.self, forKey: .kind)
    policy = try values.decode(String.self, forKey: .policy)
    domainA = try values.decode([String].self, forKey: .domainA)
    domainB = try values.decode([String].self, forKey: .domainB)
    reason = try values.decode(String.self, forKey: .reason)
    banks = try values.decodeIfPresent([Bank].self, forKey: .banks) ?? []
    // A clash is a list of which the first is a word; a provider is a pair of a node and a word. The rest is for people.
    let clashes = try values.decodeIfPresent([FirstWord].self, forKey: .clash) ?? []
    resourceKinds = Set(clashes.flatMap { Self.kinds[$0.text] ?? [] })
    firmwareProviders = try values.decodeIfPresent([FirstWord].self, forKey: .providers)?.map(\.text) ?? []
  }

  /// The kinds of resource that fit what a scenario says of its clash.
  private static let kinds: [String: Set<String>] = [
    "page4k": ["page"], "overlap": ["page"], "spi": ["interrupt"], "sid": ["stream"], "inherited-sid": ["stream"],
    "ref A->B": ["provider", "dependency"], "ref B->A": ["provider", "dependency"],
    "shared-gpio-expander": ["provider"], "shared-syscon": ["provider"], "shared-providers": ["provider"],
    "ram-mmio-overlap": ["page", "memory"], "untranslatable-reg": ["malformed"], "bad-interrupt-map": ["malformed"],
  ]

  /// A list of which only the first element, a text, counts.
  private struct FirstWord: Decodable {
    let text: String

    init(from decoder: any Decoder) throws {
      var values = try decoder.unkeyedContainer()
      text = try values.decode(String.self)
    }
  }

  /// The manifest: CPU 0 and CPU 1, 16 MiB each, no console, every device with `dma: unprotected`.
  func manifest(tree: String) -> String {
    var text = "manifest: 1\nname: scenario\nboard: generic\ndevice-tree: '\(tree)'\n"
    if !banks.isEmpty {
      text += "memory-banks: [\(banks.map { "{ base: \($0.base), size: \($0.size) }" }.joined(separator: ", "))]\n"
    }
    text += "domains:\n" + domain("left", cpu: 0, domainA) + domain("right", cpu: 1, domainB)
    if policy == "firmware-brokered" {
      text += "providers:\n"
      for provider in firmwareProviders { text += "  '\(provider)': { policy: firmware }\n" }
    }
    return text
  }

  private func domain(_ name: String, cpu: Int, _ nodes: [String]) -> String {
    // A memory node is no device: it only says what a device clashes with.
    let devices = nodes.filter { !$0.hasPrefix("/memory@") && !$0.hasPrefix("/reserved-memory/") }
    let reserved = nodes.filter { $0.hasPrefix("/reserved-memory/") }
    let entries = devices.map { "{ path: '\($0)', dma: unprotected, reason: 'a scenario of the corpus' }" }
    return "  \(name):\n    cpus: [\(cpu)]\n    memory: 16 MiB\n    kernel: raw.bin\n    console: none\n"
      + "    devices: [\(entries.joined(separator: ", "))]\n"
      + "    reserved-memory: [\(reserved.map { "'\($0)'" }.joined(separator: ", "))]\n"
  }
}
