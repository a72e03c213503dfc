extension Board {
  /// What is to be said of the board's own description and tree: nodes that `board.yaml` names in vain, no GIC or CPU,
  /// and a tree that is not the one the board was tried with.
  ///
  /// - Parameter hasOwnTree: whether the tree is the board's own in `project`, not one that a manifest names.
  public func provenance(in project: Project, hasOwnTree: Bool = true) -> [Finding] {
    guard hasOwnTree, let source = description.treeSource, let tried = source.sha256,
      let found = try? InputDigest.sha256(ofFile: "\(project.root)/\(treeFile)"), found != tried
    else { return findings }
    let difference = Finding(
      BoardRules.triedTree, .warning,
      "\(treeFile) is not the tree that board \(name) was tried with: its SHA-256 is \(found), and "
        + "boards/\(name)/board.yaml states \(tried)",
      subjects: [treeFile, name], resource: ResourceReference(.file, treeFile),
      help: "compare the two versions of \(source.words); where the manifests still hold, put the new SHA-256 into "
        + "boards/\(name)/board.yaml")
    return findings + [difference]
  }
}
