import Diagnostics
import Partition

/// Lock files. What is accepted says the same after it was written again.
enum LockTrial {
  @Sendable static func run(_ bytes: [UInt8]) throws {
    guard let text = TextInput.text(bytes), let lock = read(text) else { return }
    guard let again = read(lock.text) else {
      throw Mismatch("a lock that was read is refused when it is written again")
    }
    try require(again.manifest, is: lock.manifest, "the manifest's name")
    try require(again.inputs.map(words), is: lock.inputs.map(words), "the inputs")
    try require(again.addresses.map(words), is: lock.addresses.map(words), "the addresses")
    try require(again.text, is: lock.text, "the text")
    try require(again.differences(from: lock).isEmpty, "a lock differs from itself")
  }

  private static func read(_ text: String) -> LockFile? {
    try? LockFile.read(text: text, file: "fuzz.lock.yaml")
  }

  private static func words(_ entry: LockEntry) -> [String] { [entry.subject, entry.value] }
}
