import DeviceTree
import Testing
import TestSupport

@Suite("Names that no node has")
struct SuggestionTests {
  private let tree: DeviceTree

  init() throws {
    tree = try DeviceTree(
      blob: CompiledTree.bytes(
        ofRoot: """
          aliases { serial0 = "/soc/serial@1000"; ethernet7 = "/soc/net@3000"; };
          soc { uart_one: serial@1000 { }; serial@2000 { }; net@3000 { }; };
          other { serial@2000 { }; };
          """, symbols: true))
  }

  @Test(
    "bring the nearest paths, labels and aliases to mind",
    arguments: [
      ("/soc/serial@100", ["/soc/serial@1000"]), ("/soc/net@3001", ["/soc/net@3000"]),
      ("/serial@2000", ["/soc/serial@2000", "/other/serial@2000"]), ("serial1", ["serial0"]),
      ("ethernet", ["ethernet7"]), ("uart-one", ["uart_one"]), ("uart_on", ["uart_one"]), ("sok", ["/soc"]),
      ("nonsense", []), ("", []), ("/", []), ("///", []),
    ])
  func nearest(word: String, expected: [String]) {
    #expect(tree.resolve(word) == nil || word == "/")
    #expect(tree.suggestions(for: word).starts(with: expected), "\(tree.suggestions(for: word))")
    if expected.isEmpty { #expect(tree.suggestions(for: word).isEmpty) }
  }
}
