import Diagnostics
import Foundation
import Ownership

/// BH-VER-029: what runs at EL2 is the runtime that was linked, moved to its place, and nothing else.
enum RuntimeUnchanged: ProofClaim {
  static let description = RuleDescription(
    "BH-VER-029", title: "the code at EL2 is the runtime's",
    requirement: "EL2's text, read-only data and data shall be byte for byte the linked runtime, relocated to where it "
      + "runs, apart from the header fields that the compiler fills in; and those shall say where and how long it is.",
    hazard: "Something else than the hypervisor that was reviewed and tested would run with all rights.",
    applicability: "Every image that is verified; without the runtime's file only the header's fields are looked at.",
    example: "bulkhead verify build/cockpit   # an instruction of hypervisor.img was changed")

  static func examine(_ system: FinishedSystem, _ context: VerificationContext) -> ClaimOutcome {
    var findings = headerFindings(system, context)
    var assumptions: [String] = []
    var examined = HeaderOffsets.patched.count
    switch context.linkedRuntime {
    case nil: assumptions.append("the code at EL2 is the linked runtime: its file was not given for comparison")
    case .failure(let error): findings.append(error.finding)
    case .success(let runtime):
      let (found, count) = compare(system, runtime)
      findings += found
      examined += count
    }
    return ClaimOutcome(
      description, examined: examined, "bytes and header fields", findings: findings, assumptions: assumptions)
  }

  /// What the compiler fills in, as far as reading the header has not settled it: `imageBase` is the place where the
  /// image is loaded, and the partition table stands right behind the data, or the header could not have been read.
  private static func headerFindings(_ system: FinishedSystem, _ context: VerificationContext) -> [Finding] {
    let sections = system.hypervisor
    var findings: [Finding] = []
    // Linux, Documentation/arch/arm64/booting.rst: with flags bit 3 clear text_offset counts from the start of RAM.
    let start = context.board.description.imageBase
    let expected = start.map { sections.base &- $0 } ?? sections.base % (2 << 20)
    if sections.textOffset != expected || sections.isPlacedAnywhere != (start == nil) {
      findings.append(
        finding(
          "the hypervisor's header tells a boot loader to place it \(sections.textOffset.hexadecimal) behind "
            + "\(sections.isPlacedAnywhere ? "any 2 MiB" : "the start of RAM"), and on board \(context.board.name) it "
            + "has to be \(expected.hexadecimal) behind \(start.map { $0.hexadecimal } ?? "any 2 MiB")",
          at: sections.base &+ UInt64(HeaderOffsets.textOffset)))
    }
    for piece in system.pieces where piece.role == "hypervisor" && piece.memory != sections.loadedMemory {
      findings.append(
        finding(
          "the hypervisor's header says that it takes \(sections.loadedMemory), and the load map \(piece.memory)",
          at: sections.base &+ UInt64(HeaderOffsets.imageSize)))
    }
    return findings
  }

  private static func compare(_ system: FinishedSystem, _ runtime: LinkedRuntime) -> ([Finding], Int) {
    let sections = system.hypervisor
    let count = sections.data.last - sections.base + 1
    guard var expected = runtime.bytes(at: sections.base, count: Int(clamping: count)) else {
      return (
        [
          finding("the hypervisor's text and data take \(count) bytes, and the runtime's other ones", at: sections.base)
        ],
        0
      )
    }
    guard let actual = bytes(of: system) else {
      return ([finding("the hypervisor's text and data are not all in \(system.memory.name)", at: sections.base)], 0)
    }
    for offset in HeaderOffsets.patched {
      expected.replaceSubrange(offset..<offset + 8, with: actual[offset..<offset + 8])
    }
    guard actual != expected else { return ([], actual.count) }
    let offset = zip(actual, expected).enumerated().first { $0.element.0 != $0.element.1 }?.offset ?? 0
    let address = sections.base &+ UInt64(offset)
    let part = [(sections.text, "text"), (sections.readOnlyData, "read-only data")].first { $0.0.contains(address) }
    return (
      [
        finding(
          "the hypervisor's \(part?.1 ?? "data") differs from the linked runtime at \(address.hexadecimal), byte "
            + "\(offset) of the image", at: address)
      ], actual.count
    )
  }

  /// Text, read-only data and data; each may be in a segment of its own.
  private static func bytes(of system: FinishedSystem) -> [UInt8]? {
    let sections = system.hypervisor
    var bytes: [UInt8] = []
    for range in [sections.text, sections.readOnlyData, sections.data] {
      guard let part = system.memory.bytes(at: range) else { return nil }
      bytes += part
    }
    return bytes
  }

  private static func finding(_ message: String, at address: UInt64) -> Finding {
    Finding(
      description, .error, message, subjects: ["hypervisor"],
      resource: ResourceReference(.memory, address.hexadecimal), help: VerifierRules.rebuild)
  }
}
