import Diagnostics

/// The hashes of everything that a plan was made from.
struct LockInputs {
  /// The plan.
  let plan: Plan
  /// The manifest and what it includes.
  let files: [String]

  /// The entries, in a fixed order: manifest files, tree, then the domains' payloads.
  func entries() throws(InputError) -> [LockEntry] {
    var entries: [LockEntry] = []
    for file in files { entries.append(LockEntry("manifest \(relative(file))", try hash(file, at: nil))) }
    entries.append(LockEntry("device-tree of \(plan.board.name)", InputDigest.sha256(of: plan.board.tree.blob)))
    for domain in plan.draft.domains {
      var seen: Set<String> = []
      for payload in domain.payloads {
        guard let file = payload.file, seen.insert(file).inserted else { continue }
        entries.append(
          LockEntry(
            "domains.\(domain.name).\(payload.role.rawValue) \(relative(file))", try hash(file, at: payload.span)))
      }
    }
    return entries
  }

  private func hash(_ file: String, at span: SourceSpan?) throws(InputError) -> String {
    do throws(PayloadProblem) {
      return try InputDigest.sha256(ofFile: file)
    } catch {
      throw InputError(
        Finding(
          PartitionRules.unreadablePayload, .error,
          "the input \(Quotation.quoted(file)) could be read before and cannot now",
          subjects: [file], resource: ResourceReference(.file, file), spans: [span],
          help: "do not change inputs while they are read"))
    }
  }

  /// The file as the lock names it: from the manifest's folder where it lies below it, so that the lock does not depend
  /// on the folder that Bulkhead was started in.
  private func relative(_ file: String) -> String {
    guard let slash = plan.manifest.file.lastIndex(of: "/") else { return file }
    let folder = plan.manifest.file[...slash]
    return file.hasPrefix(folder) ? String(file.dropFirst(folder.count)) : file
  }
}
