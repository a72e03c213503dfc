import Diagnostics

/// The JSON Schema of manifests, for editors.
public enum ManifestSchema {
  /// The schema as JSON text (draft 7), made from the same forms as the parser.
  ///
  /// A schema cannot say everything: it accepts some manifests that the parser refuses (names that do not exist,
  /// numbers written in a way that only some YAML readers understand). It refuses none that the parser accepts, but
  /// for one case: it judges each file by itself, so the parts of a manifest of several files (`include:`) can lack
  /// required keys that another part has.
  public static var json: String {
    let schema = ManifestKeys.form.schema
    guard case .object(let members) = schema.fragment else { return schema.fragment.text + "\n" }
    let definitions = schema.definitions.sorted { $0.key < $1.key }.map { JSONValue.Member($0.key, $0.value) }
    let head: [JSONValue.Member] = [
      .init("$schema", "http://json-schema.org/draft-07/schema#"),
      .init("title", "Bulkhead manifest, version 1"),
    ]
    return JSONValue.object(head + members + [.init("definitions", .object(definitions))]).text + "\n"
  }
}
