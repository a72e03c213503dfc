import Diagnostics

/// Something that Bulkhead relies on and cannot show: a person has said that it is so.
public struct Assumption: Hashable, Sendable {
  /// What it is about.
  public enum Kind: String, Sendable {
    /// What the board's firmware does.
    case firmware
    /// An erratum of the board's CPUs, and what is done about it.
    case erratum
    /// A device that the board has although its tree says otherwise.
    case enabledDevice = "enabled-device"
    /// What becomes of hardware that devices depend on.
    case providerPolicy = "provider-policy"
    /// A DMA master that no SMMU holds.
    case unprotectedDMA = "unprotected-dma"
    /// A device by which one domain can stop the others.
    case boardStop = "board-stop"
    /// A domain that takes its interrupts at EL1.
    case directInterrupts = "direct-interrupts"
    /// A device that stays as it is when its domain restarts.
    case keptDevice = "kept-device"
    /// A finding that a person accepts.
    case waiver
  }

  /// What it is about.
  public let kind: Kind
  /// The node, or what a waived finding is about.
  public let subject: String
  /// What is assumed, as a sentence without a full stop.
  public let statement: String
  /// Why, in a person's words; `nil` where the manifest gives no reason or the assumption is a default.
  public let reason: String?
  /// Who accepted it; waivers only.
  public let approvedBy: String?
  /// The domains concerned, in the order of the manifest.
  public let domains: [String]
  /// Where the manifest says it; `nil` for a default.
  public let span: SourceSpan?
}

extension Assumption {
  /// Whether nobody wrote it: a provider that stays as it is because only one domain depends on it.
  var isDefault: Bool { kind == .providerPolicy && span == nil }

  /// One line for a person.
  public var text: String {
    let person = approvedBy.map { ", accepted by \(Quotation.printable($0))" } ?? ""
    return statement + person + (reason.map { ": \(Quotation.printable($0))" } ?? "")
  }

  /// The assumption as `check` and the evidence write it.
  public var json: JSONValue {
    [
      "kind": .string(kind.rawValue),
      "subject": .string(subject),
      "statement": .string(statement),
      "reason": reason.map(JSONValue.string) ?? .null,
      "approved-by": approvedBy.map(JSONValue.string) ?? .null,
      "domains": .array(domains.map(JSONValue.string)),
      "span": span.map {
        [
          "file": .string($0.start.file), "line": .integer(Int64($0.start.line)),
          "column": .integer(Int64($0.start.column)),
        ]
      } ?? .null,
    ]
  }
}
