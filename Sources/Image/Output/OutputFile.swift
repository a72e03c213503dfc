import Crypto
import Diagnostics

#if canImport(Darwin)
  import Darwin
#else
  import Glibc
#endif

/// A file being written, and the SHA-256 of what was written so far.
struct OutputFile: ~Copyable {
  private static let chunk = 1 << 20

  private let path: String
  private let descriptor: Int32
  private var hash = SHA256()

  /// Makes the file, which must not exist yet.
  init(path: String) throws(InputError) {
    self.path = path
    descriptor = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o644)
    if descriptor < 0 { throw Self.failure(path, Self.reason(errno), help: "name another folder with -o") }
  }

  deinit { if descriptor >= 0 { _ = close(descriptor) } }

  /// Writes a part behind what is there.
  mutating func append(_ part: FileContents.Part) throws(InputError) {
    switch part {
    case .bytes(let bytes): try put(bytes)
    case .file(let file, let offset, let count): try copy(file, offset, count)
    case .zeros(var count):
      let zeros = [UInt8](repeating: 0, count: Self.chunk)
      while count > 0 {
        let length = min(count, UInt64(Self.chunk))
        try put(length == UInt64(Self.chunk) ? zeros : Array(zeros.prefix(Int(length))))
        count -= length
      }
    }
  }

  /// Ends the file; SHA-256 of its contents, hexadecimal.
  consuming func finish() -> String {
    let hash = self.hash.finalize()
    return hash.map { byte in (byte < 16 ? "0" : "") + String(byte, radix: 16) }.joined()
  }

  /// An output that cannot be written, as a finding.
  static func failure(_ path: String, _ reason: String, help: String?) -> InputError {
    InputError(
      Finding(
        ImageRules.output, .error, "\(path) cannot be written: \(reason)", resource: ResourceReference(.file, path),
        help: help))
  }

  private mutating func put(_ bytes: [UInt8]) throws(InputError) {
    hash.update(data: bytes)
    var done = 0
    while done < bytes.count {
      let written = bytes[done...].withUnsafeBytes { write(descriptor, $0.baseAddress, $0.count) }
      if written < 0 && errno == EINTR { continue }
      guard written > 0 else { throw Self.failure(path, Self.reason(errno), help: nil) }
      done += written
    }
  }

  private mutating func copy(_ file: String, _ offset: UInt64, _ count: UInt64) throws(InputError) {
    let source = open(file, O_RDONLY | O_CLOEXEC)
    guard source >= 0 else { throw Self.unreadable(file, Self.reason(errno)) }
    defer { _ = close(source) }
    var buffer = [UInt8](repeating: 0, count: Self.chunk)
    var done: UInt64 = 0
    while done < count {
      guard let position = off_t(exactly: offset + done) else { throw Self.unreadable(file, "it is not that long") }
      let wanted = Int(min(count - done, UInt64(Self.chunk)))
      let length = buffer.withUnsafeMutableBytes { pread(source, $0.baseAddress, wanted, position) }
      if length < 0 && errno == EINTR { continue }
      guard length >= 0 else { throw Self.unreadable(file, Self.reason(errno)) }
      guard length > 0 else {
        throw Self.unreadable(file, "\(count) bytes were planned from offset \(offset), and only \(done) are there")
      }
      try put(length == buffer.count ? buffer : Array(buffer.prefix(length)))
      done += UInt64(length)
    }
  }

  private static func unreadable(_ file: String, _ reason: String) -> InputError {
    InputError(
      Finding(
        ImageRules.payload, .error, "the payload \(file) cannot be read: \(reason)",
        resource: ResourceReference(.payload, file), help: "leave the file alone while the build runs, and build again")
    )
  }

  private static func reason(_ number: Int32) -> String { String(cString: strerror(number)) }
}
