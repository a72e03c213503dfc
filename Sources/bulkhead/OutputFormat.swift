import ArgumentParser

/// `--format` of the verbs that judge.
enum OutputFormat: String, ExpressibleByArgument, CaseIterable {
  case text, json, sarif
}
