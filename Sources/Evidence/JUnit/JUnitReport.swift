/// A suite of test cases in the XML that continuous-integration servers read.
///
/// The elements and attributes are those of Apache Ant's JUnit task: `testsuites`, `testsuite` (`tests`, `failures`,
/// `errors`), `testcase` (`classname`, `name`, `time`), `failure` (`message`, `type`). There is no time stamp and no
/// host name in it.
public struct JUnitReport: Sendable {
  /// The suite's name.
  public let name: String
  /// Its cases, in order.
  public let cases: [JUnitCase]
  /// What kept the suite itself from running as it should, one line each; counted as errors.
  public let errors: [String]

  /// Collects a suite.
  public init(name: String, cases: [JUnitCase], errors: [String] = []) {
    self.name = name
    self.cases = cases
    self.errors = errors
  }

  /// The report as XML 1.0 in UTF-8, with a line break at the end.
  public var xml: String {
    let failures = cases.count { $0.failure != nil }
    let counts =
      "name=\"\(XMLText.attribute(name))\" tests=\"\(cases.count)\" failures=\"\(failures)\" errors=\"\(errors.count)\""
    var lines = ["<?xml version=\"1.0\" encoding=\"UTF-8\"?>", "<testsuites>", "  <testsuite \(counts)>"]
    lines += cases.flatMap(JUnitReport.lines)
    if !errors.isEmpty {
      lines.append("    <system-err>\(XMLText.content(errors.joined(separator: "\n")))</system-err>")
    }
    lines += ["  </testsuite>", "</testsuites>", ""]
    return lines.joined(separator: "\n")
  }

  private static func lines(of test: JUnitCase) -> [String] {
    var start = "    <testcase classname=\"\(XMLText.attribute(test.group))\" name=\"\(XMLText.attribute(test.name))\""
    if let seconds = test.seconds, seconds.isFinite { start += " time=\"\(thousandths(seconds))\"" }
    guard let failure = test.failure else { return [start + "/>"] }
    let open = "      <failure message=\"\(XMLText.attribute(failure))\" type=\"expectation\""
    let element = test.details.map { "\(open)>\(XMLText.content($0))</failure>" } ?? "\(open)/>"
    return [start + ">", element, "    </testcase>"]
  }

  /// A time with three decimals, whatever the locale.
  private static func thousandths(_ seconds: Double) -> String {
    let total = Int64(min(max(seconds, 0), 1e12) * 1000)
    let fraction = String(total % 1000)
    return "\(total / 1000)." + String(repeating: "0", count: 3 - fraction.count) + fraction
  }
}
