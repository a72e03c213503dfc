import Foundation

extension StarterManifest {
  /// The starter manifest of one of the project's boards, with paths that work from the folder of `file`.
  public init(board name: String, project: Project, besides file: String) throws(InputError) {
    let board = try BoardLibrary(root: project.root).load(name)
    let memory = board.memory.reduce(UInt64(0)) { sum, bank in
      sum.addingReportingOverflow(bank.range.last - bank.range.base).partialValue &+ 1
    }
    self.init(
      board: name, cpus: board.cpus.filter(\.isEnabled).count, memory: memory, console: board.standardOutput,
      kernel: Self.relative(project.root + "/.build/guests/cluster.bin", to: file),
      schema: Self.relative(project.root + "/boards/manifest.schema.json", to: file))
  }

  /// `target` as a path from the folder of `file`.
  private static func relative(_ target: String, to file: String) -> String {
    let goal = URL(fileURLWithPath: target).standardizedFileURL.pathComponents
    let start = URL(fileURLWithPath: file).standardizedFileURL.deletingLastPathComponent().pathComponents
    let common = zip(goal, start).prefix { $0 == $1 }.count
    return (start.dropFirst(common).map { _ in ".." } + goal.dropFirst(common)).joined(separator: "/")
  }
}
