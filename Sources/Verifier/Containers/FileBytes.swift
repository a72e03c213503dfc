import Diagnostics
import Foundation
import Ownership

/// The bytes of a container's file, mapped and not copied; what is wrong with them is told with the byte offset.
struct FileBytes {
  /// What a message calls the file: its name in the output folder.
  let name: String
  /// The bytes; offsets count from 0.
  let data: Data

  /// Takes a file's bytes.
  init(name: String, data: Data) {
    self.name = name
    // A slice would count from where it was cut.
    self.data = data.startIndex == 0 ? data : Data(data)
  }

  /// How many bytes.
  var count: UInt64 { UInt64(data.count) }

  /// The unsigned integer, least significant byte first, at an offset.
  func number<Value: FixedWidthInteger & UnsignedInteger>(
    _ type: Value.Type = Value.self, at offset: UInt64
  ) throws(VerifierError) -> Value {
    Value(littleEndian: try raw(at: offset))
  }

  /// The unsigned integer, most significant byte first, at an offset.
  func bigEndian<Value: FixedWidthInteger & UnsignedInteger>(
    _ type: Value.Type = Value.self, at offset: UInt64
  ) throws(VerifierError) -> Value {
    Value(bigEndian: try raw(at: offset))
  }

  /// A part of the file, not copied; the number that says where it ends stands at `place`.
  func part(at offset: UInt64, size: UInt64, by place: UInt64, _ what: String) throws(VerifierError) -> Data {
    guard offset <= count, size <= count - offset else {
      throw fault(
        at: place, "has \(what) of \(size) bytes from offset \(offset), and the file has \(count) bytes")
    }
    return data[Int(offset)..<Int(offset + size)]
  }

  /// The file cannot be what it should be.
  func fault(at offset: UInt64, _ words: String) -> VerifierError {
    VerifierError(
      VerifierRules.container, "\(name) \(words) (byte offset \(offset))", subjects: [name],
      resource: ResourceReference(.file, name))
  }

  /// Refuses the file unless something holds of what stands at an offset.
  func require(_ holds: Bool, at offset: UInt64, _ words: @autoclosure () -> String) throws(VerifierError) {
    if !holds { throw fault(at: offset, words()) }
  }

  private func raw<Value: FixedWidthInteger>(at offset: UInt64) throws(VerifierError) -> Value {
    let width = UInt64(Value.bitWidth / 8)
    guard offset <= count, width <= count - offset else {
      throw fault(at: count, "ends where a number of \(width) bytes should stand at offset \(offset)")
    }
    return data.withUnsafeBytes { $0.loadUnaligned(fromByteOffset: Int(offset), as: Value.self) }
  }
}
