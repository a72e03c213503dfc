/// What was found: the code under test and the model, or two answers that have to agree, disagree.
package struct Mismatch: Error, CustomStringConvertible {
  /// In words: what was done, what was expected, what came.
  package let description: String

  init(_ description: String) { self.description = description }
}

/// Compares what came with what the model expects. The words are made only when they are needed.
func require<Value: Equatable>(
  _ found: Value, is expected: Value, _ what: @autoclosure () -> String
) throws(Mismatch) {
  if found != expected { throw Mismatch("\(what()): expected \(written(expected)), found \(written(found))") }
}

/// What has to hold.
func require(_ condition: Bool, _ what: @autoclosure () -> String) throws(Mismatch) {
  if !condition { throw Mismatch(what()) }
}

/// Unsigned numbers as hexadecimal, everything else as Swift says it.
private func written(_ value: Any) -> String {
  switch value {
  case let number as UInt32: hexadecimal(UInt64(number))
  case let number as UInt64: hexadecimal(number)
  default: "\(value)"
  }
}

/// A number as 0x… for messages.
func hexadecimal(_ number: some BinaryInteger) -> String { "0x" + String(number, radix: 16) }
