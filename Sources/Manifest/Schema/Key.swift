import Diagnostics

/// One key of a section: its name, the shape of its value, and the sentence that editors show.
struct Key<Value: Sendable>: SectionKey {
  let name: String
  let form: Form<Value>
  let isRequired: Bool
  let documentation: String

  init(_ name: String, _ form: Form<Value>, required: Bool = false, _ documentation: String) {
    self.name = name
    self.form = form
    self.isRequired = required
    self.documentation = documentation
  }

  var schema: Schema { form.schema.described(documentation) }
  var merging: Merging { form.merging }

  func read(_ node: YAMLNode, _ reading: Reading) -> (any Sendable)? { form.read(node, reading) }
}
