/// What is wrong with an ELF file.
struct ELFError: Error, Hashable {
  /// The end of a sentence that names the file.
  let words: String

  /// Takes the end of a sentence that names the file.
  init(_ words: String) { self.words = words }
}
