import Diagnostics

/// The keys of a domain's `restart:`.
enum RestartKeys {
  static let limit = Key(
    "limit", .number("a number of restarts, like `3`", in: 1...15, name: "count"), required: true,
    "How many restarts are allowed …")
  static let within = Key("within", .time, required: true, "… within this time.")

  static let all: [any SectionKey] = [limit, within]

  static let form = Form<RestartDeclaration>.section(all) { fields, _ in
    guard let limit = fields[limit], let within = fields[within] else { return nil }
    return RestartDeclaration(limit: limit.map { Int(truncatingIfNeeded: $0) }, within: within)
  }
}
