/// Where the files that a manifest names lie, if not where it says: a built folder keeps copies under names of its own.
public struct FilePlaces: Sendable {
  private let places: [String: String]

  /// Every file lies where the manifest says.
  public static let asNamed = FilePlaces([:])

  /// - Parameter places: Where a file lies, by the path that it has relative to where the program runs.
  public init(_ places: [String: String]) { self.places = places }

  /// Where a file lies.
  public func place(of path: String) -> String { places[path] ?? path }
}
