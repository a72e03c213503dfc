extension BoardLibrary {
  /// The board that a manifest names, with `tree`, or else the manifest's own tree if it names one.
  public func board(for manifest: Manifest, tree: String? = nil) throws(InputError) -> Board {
    do throws(InputError) {
      let name = manifest.board.value
      guard let tree = tree ?? manifest.deviceTree?.value else { return try load(name) }
      return name == "generic" ? try Board.generic(treeFile: tree) : try load(name, treeFile: tree)
    } catch {
      let span = (manifest.deviceTree ?? manifest.board).span
      throw InputError(error.finding.located(at: span), others: error.others.map { $0.located(at: span) })
    }
  }
}
