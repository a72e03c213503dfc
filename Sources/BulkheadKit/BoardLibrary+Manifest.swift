extension BoardLibrary {
  /// The board that a manifest names, with the manifest's own tree if it names one.
  public func board(for manifest: Manifest) throws(InputError) -> Board {
    do throws(InputError) {
      let name = manifest.board.value
      guard let tree = manifest.deviceTree else { return try load(name) }
      return name == "generic" ? try Board.generic(treeFile: tree.value) : try load(name, treeFile: tree.value)
    } catch {
      let span = (manifest.deviceTree ?? manifest.board).span
      throw InputError(error.finding.located(at: span), others: error.others.map { $0.located(at: span) })
    }
  }
}
