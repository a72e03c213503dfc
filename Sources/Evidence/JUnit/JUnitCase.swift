/// One test case of a JUnit report.
public struct JUnitCase: Hashable, Sendable {
  /// What was tested, for a person.
  public let name: String
  /// The group it belongs to; test servers show it as a class (`cockpit.cluster`).
  public let group: String
  /// How long it took, in seconds; `nil` leaves the time out.
  public let seconds: Double?
  /// Why it failed, in a line; `nil` for a case that passed.
  public let failure: String?
  /// More about the failure, in any number of lines.
  public let details: String?

  /// Describes a case.
  public init(name: String, group: String, seconds: Double? = nil, failure: String? = nil, details: String? = nil) {
    self.name = name
    self.group = group
    self.seconds = seconds
    self.failure = failure
    self.details = details
  }
}
