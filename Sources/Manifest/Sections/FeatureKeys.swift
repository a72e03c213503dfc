import Diagnostics

/// The keys of a domain's `features:`.
enum FeatureKeys {
  static let pmu = Key("pmu", .onOrOff, "The performance monitors.")
  static let sve = Key("sve", .onOrOff, "The scalable vector extension.")
  static let debug = Key("debug", .onOrOff, "Self-hosted debug: breakpoints and watchpoints.")
  static let pointerAuthentication = Key("pointer-authentication", .onOrOff, "Pointer authentication.")

  private static let features: [(Feature, Key<Located<Bool>>)] = [
    (.pmu, pmu), (.sve, sve), (.debug, debug), (.pointerAuthentication, pointerAuthentication),
  ]

  static let all: [any SectionKey] = features.map { $0.1 }

  static let form = Form<[FeatureDeclaration]>.section(all) { fields, _ in
    features.compactMap { feature, key in
      fields[key].map { FeatureDeclaration(feature: Located(feature, at: fields.place(of: key)), isOn: $0) }
    }
  }
}
