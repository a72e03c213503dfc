import Diagnostics
import Foundation
import Testing

@Suite("Findings as JSON and SARIF")
struct FindingsJSONTests {
  private let finding = Finding(
    Examples.rule, .error, "two owners", subjects: ["/soc/serial@1", "/soc/serial@2"],
    resource: ResourceReference(.page, "0x21c0000"), domains: ["b", "a"],
    spans: [Examples.span(12, 9, length: 4), Examples.span(20, 9)], labels: ["the other claim"], help: "say \"so\"")

  @Test("The JSON has the contract's keys in a fixed order")
  func json() {
    #expect(
      FindingsJSON.text(for: [finding]) == """
        {
          "verdict": "rejected",
          "findings": [
            {
              "rule": "BH-TST-001",
              "severity": "error",
              "message": "two owners",
              "subjects": ["/soc/serial@1", "/soc/serial@2"],
              "resource": { "kind": "page", "value": "0x21c0000", "on": null },
              "domains": ["a", "b"],
              "spans": [
                { "file": "m.yaml", "line": 12, "column": 9 },
                { "file": "m.yaml", "line": 20, "column": 9 }
              ],
              "help": "say \\"so\\""
            }
          ]
        }

        """)
    #expect(FindingsJSON.text(for: [Finding]()) == "{ \"verdict\": \"accepted\", \"findings\": [] }\n")
    let warning = Finding(Examples.rule, .warning, "w")
    #expect(FindingsJSON.value(for: [warning])["verdict"] == .string("accepted"))
  }

  @Test("Any text survives the way through JSON")
  func escaping() throws {
    let text = "\u{0}\u{1F}\u{7F}\"\\/\n\r\t é 车 🚗 \u{2028}"
    let data = Data(JSONValue.array([.string(text)]).text.utf8)
    #expect(try JSONDecoder().decode([String].self, from: data) == [text])
    let numbers = JSONValue.array([.unsigned(.max), .integer(.min)])
    #expect(numbers.text == "[18446744073709551615, -9223372036854775808]")
  }

  @Test("The SARIF log names every rule, and each result points into the list and at its places")
  func sarif() throws {
    let text = SARIFLog.text(for: [finding], rules: [Examples.waivable, Examples.rule], version: "1.2.3")
    let log = try #require(try JSONSerialization.jsonObject(with: Data(text.utf8)) as? [String: Any])
    #expect(log["version"] as? String == "2.1.0")
    let run = try #require((log["runs"] as? [[String: Any]])?.first)
    let driver = try #require((run["tool"] as? [String: Any])?["driver"] as? [String: Any])
    let rules = try #require(driver["rules"] as? [[String: Any]])
    #expect(driver["name"] as? String == "Bulkhead")
    #expect(rules.compactMap { $0["id"] as? String } == ["BH-TST-001", "BH-TST-002"])
    let result = try #require((run["results"] as? [[String: Any]])?.first)
    #expect(result["ruleId"] as? String == "BH-TST-001")
    #expect(result["ruleIndex"] as? Int == 0)
    #expect(result["level"] as? String == "error")
    let location = try #require((result["locations"] as? [[String: Any]])?.first)
    let physical = try #require(location["physicalLocation"] as? [String: Any])
    #expect((physical["artifactLocation"] as? [String: String]) == ["uri": "m.yaml"])
    #expect((physical["region"] as? [String: Int]) == ["startLine": 12, "startColumn": 9, "endColumn": 13])
    #expect((location["logicalLocations"] as? [[String: String]])?.count == 2)
    let related = try #require((result["relatedLocations"] as? [[String: Any]])?.first)
    #expect((related["message"] as? [String: String]) == ["text": "the other claim"])
  }

  @Test("File names become URI references")
  func references() {
    for (file, uri) in [("a b/ü.yaml", "a%20b/%C3%BC.yaml"), ("/etc/m.yaml", "file:///etc/m.yaml"), ("a:b", "a%3Ab")] {
      let finding = Finding(Examples.rule, .error, "m", spans: [Examples.span(1, 1, file: file)])
      let text = SARIFLog.text(for: [finding], rules: [], version: "1")
      #expect(text.contains("\"uri\": \"\(uri)\""))
      #expect(text.contains("\"ruleIndex\": 0"))
    }
  }
}
