import Foundation
import TestSupport

/// What every path through EL2 may cost: `Fixtures/budget.json`, which `make bench BUDGET=write` writes anew.
struct TrapBudget: Decodable {
  /// What `swift --version` says of the compiler that the figures were counted with.
  let compiler: String
  /// For each manifest below `boards/`, what the bench guest prints there: instructions by name.
  let figures: [String: [String: Int]]

  static func read() throws -> TrapBudget {
    let file = Repository.root + "/Tests/EndToEndTests/Fixtures/budget.json"
    return try JSONDecoder().decode(TrapBudget.self, from: Data(contentsOf: URL(fileURLWithPath: file)))
  }

  /// The most that a path may have become: four instructions more, or 5 %, whichever is more.
  static func limit(_ figure: Int) -> Int { figure + max(4, figure / 20) }
}
