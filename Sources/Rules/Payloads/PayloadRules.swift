/// The rules on what is loaded into domains' memory.
enum PayloadRules {
  /// Every rule of the family.
  static let all: [any Rule.Type] = [
    PayloadInMemory.self, PayloadsApart.self, PayloadOutsideLoader.self, EntryInPayload.self,
  ]
}
