import Diagnostics

extension LockFile {
  /// How a plan made now differs from this lock, one finding for each input and each address. An address that differs
  /// although no input does would be a fault of Bulkhead's own; it is reported the same way.
  public func differences(from plan: Plan, files: [String]) -> [Finding] {
    do throws(InputError) {
      let current = try LockFile(of: plan, files: files)
      return differences(from: current)
    } catch {
      return [error.finding]
    }
  }

  /// How another lock differs from this one.
  public func differences(from current: LockFile) -> [Finding] {
    differences(inputs, current.inputs) { $0.value == $1.value ? nil : "has changed since it was locked" }
      + differences(addresses, current.addresses) {
        $0.value == $1.value ? nil : "is \($1.value) now and \($0.value) in the lock"
      }
  }

  private func differences(
    _ locked: [LockEntry], _ current: [LockEntry], _ compare: (LockEntry, LockEntry) -> String?
  ) -> [Finding] {
    let lockedEntries = Dictionary(locked.map { ($0.subject, $0) }, uniquingKeysWith: { first, _ in first })
    let currentSubjects = Set(current.map(\.subject))
    var findings: [Finding] = []
    for entry in current {
      guard let known = lockedEntries[entry.subject] else {
        findings.append(finding(entry.subject, "is not in the lock", nil))
        continue
      }
      if let difference = compare(known, entry) { findings.append(finding(entry.subject, difference, known.span)) }
    }
    for entry in locked where !currentSubjects.contains(entry.subject) {
      findings.append(finding(entry.subject, "is in the lock and no longer in the plan", entry.span))
    }
    return findings
  }

  private func finding(_ subject: String, _ difference: String, _ span: SourceSpan?) -> Finding {
    Finding(
      PartitionRules.lockDiffers, .error, "\(Quotation.printable(subject)) \(Quotation.printable(difference))",
      subjects: [subject], resource: ResourceReference(.file, file),
      spans: [span ?? SourceSpan(start: SourcePosition(file: file, line: 1, column: 1))],
      help: "build without `--locked` to write a new lock file, and review how it changed")
  }
}
