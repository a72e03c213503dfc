import Evidence
import Foundation
import Testing

#if canImport(FoundationXML)
  import FoundationXML
#endif

@Suite("JUnit reports")
struct JUnitReportTests {
  /// Collects what an XML parser makes of a report.
  private final class Reader: NSObject, XMLParserDelegate {
    var elements: [(name: String, attributes: [String: String])] = []
    var text = ""

    func parser(
      _ parser: XMLParser, didStartElement name: String, namespaceURI: String?, qualifiedName: String?,
      attributes: [String: String]
    ) {
      elements.append((name, attributes))
    }

    func parser(_ parser: XMLParser, foundCharacters string: String) { text += string }
  }

  private func read(_ report: JUnitReport) throws -> Reader {
    let reader = Reader()
    let parser = XMLParser(data: Data(report.xml.utf8))
    parser.delegate = reader
    try #require(parser.parse())
    return reader
  }

  @Test("What goes in comes out of an XML parser, whatever characters it has")
  func roundTrip() throws {
    let name = "prints <\"a\"> & 'b' \u{1}\u{FFFF}\tgrün 🚗"
    let report = JUnitReport(
      name: "cock&pit",
      cases: [
        JUnitCase(name: name, group: "cockpit.cluster", seconds: 1.0625),
        JUnitCase(name: "n", group: "g", failure: "first\nsecond", details: "]]> <end>"),
      ], errors: ["QEMU ended with status 1"])
    let reader = try read(report)
    #expect(
      reader.elements.map(\.name) == [
        "testsuites", "testsuite", "testcase", "testcase", "failure", "system-err",
      ])
    #expect(reader.elements[1].attributes == ["name": "cock&pit", "tests": "2", "failures": "1", "errors": "1"])
    #expect(
      reader.elements[2].attributes == [
        "classname": "cockpit.cluster", "name": "prints <\"a\"> & 'b' \u{FFFD}\u{FFFD}\tgrün 🚗", "time": "1.062",
      ])
    #expect(reader.elements[4].attributes["message"] == "first\nsecond")
    #expect(reader.text.contains("]]> <end>"))
    #expect(reader.text.contains("QEMU ended with status 1"))
  }

  @Test("A report without cases is a report")
  func empty() throws {
    let reader = try read(JUnitReport(name: "nothing", cases: []))
    #expect(reader.elements.last?.attributes["tests"] == "0")
  }

  @Test("Times that are no times do not spoil the report", arguments: [-1, .infinity, .nan, 1e300])
  func times(seconds: Double) throws {
    let reader = try read(JUnitReport(name: "n", cases: [JUnitCase(name: "n", group: "g", seconds: seconds)]))
    #expect(reader.elements.count == 3)
  }
}
