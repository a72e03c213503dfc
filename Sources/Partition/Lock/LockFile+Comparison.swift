import Diagnostics

extension LockFile {
  /// How a plan made now differs from this lock, one finding for each input and each address. An address that differs
  /// although no input does would be a fault of Bulkhead's own; it is reported the same way.
  public func differences(from plan: Plan, files: [String]) -> [Finding] {
    do throws(InputError) {
      return differences(from: try LockFile(of: plan, files: files))
    } catch {
      return [error.finding]
    }
  }

  /// How another lock differs from this one.
  public func differences(from current: LockFile) -> [Finding] {
    (inputDifferences(from: current) + addressDifferences(from: current)).map(finding)
  }

  /// How another lock's inputs differ from this one's.
  public func inputDifferences(from current: LockFile) -> [LockDifference] {
    differences(inputs, current.inputs) { $0.value == $1.value ? nil : "has changed since it was locked" }
  }

  /// How another lock's addresses differ from this one's.
  public func addressDifferences(from current: LockFile) -> [LockDifference] {
    differences(addresses, current.addresses) {
      $0.value == $1.value ? nil : "is \($1.value) now and \($0.value) in the lock"
    }
  }

  /// How a plan's addresses differ from this lock's.
  public func addressDifferences(from plan: Plan) -> [LockDifference] {
    let addresses = LockAddresses(plan: plan).entries()
    return addressDifferences(from: LockFile(file: file, manifest: manifest, inputs: [], addresses: addresses))
  }

  private func differences(
    _ locked: [LockEntry], _ current: [LockEntry], _ compare: (LockEntry, LockEntry) -> String?
  ) -> [LockDifference] {
    let lockedEntries = Dictionary(locked.map { ($0.subject, $0) }, uniquingKeysWith: { first, _ in first })
    let currentSubjects = Set(current.map(\.subject))
    var found: [LockDifference] = []
    for entry in current {
      guard let known = lockedEntries[entry.subject] else {
        found.append(LockDifference(subject: entry.subject, words: "is not in the lock", span: nil))
        continue
      }
      if let words = compare(known, entry) {
        found.append(LockDifference(subject: entry.subject, words: words, span: known.span))
      }
    }
    for entry in locked where !currentSubjects.contains(entry.subject) {
      found.append(
        LockDifference(subject: entry.subject, words: "is in the lock and no longer in the plan", span: entry.span))
    }
    return found
  }

  private func finding(_ difference: LockDifference) -> Finding {
    Finding(
      PartitionRules.lockDiffers, .error, difference.message, subjects: [difference.subject],
      resource: ResourceReference(.file, file),
      spans: [difference.span ?? SourceSpan(start: SourcePosition(file: file, line: 1, column: 1))],
      help: "build without `--locked` to write a new lock file, and review how it changed")
  }
}
