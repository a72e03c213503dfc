/// The rules on domains that start anew.
enum RestartRules {
  /// Every rule of the family.
  static let all: [any Rule.Type] = [DMAReset.self, ReservedMemoryNotRestarted.self]

  /// Where these rules count.
  static let applicability = "Domains with `on-fault: restart`."
}
