/// A version of QEMU, as the first line of `--version` states it.
public struct QEMUVersion: Hashable, Comparable, Sendable, CustomStringConvertible {
  /// The oldest version that Bulkhead's boards work with: it brought `raspi4b`, `imx8mp-evk` and the SMMU's stage 2.
  public static let oldestSupported = QEMUVersion(major: 10, minor: 0)

  /// The first number.
  public let major: Int
  /// The second number.
  public let minor: Int

  /// Makes a version from its first two numbers.
  public init(major: Int, minor: Int) {
    self.major = major
    self.minor = minor
  }

  /// Reads a text such as `QEMU emulator version 10.0.2 (Debian …)`; `nil` if that is not how it starts.
  public init?(banner: String) {
    let prefix = "QEMU emulator version "
    guard banner.hasPrefix(prefix) else { return nil }
    let numbers = banner.dropFirst(prefix.count).prefix { $0.isNumber || $0 == "." }.split(separator: ".")
    guard numbers.count >= 2, let major = Int(numbers[0]), let minor = Int(numbers[1]) else { return nil }
    self.init(major: major, minor: minor)
  }

  /// `10.0`.
  public var description: String { "\(major).\(minor)" }

  /// Versions order by their numbers.
  public static func < (left: QEMUVersion, right: QEMUVersion) -> Bool {
    (left.major, left.minor) < (right.major, right.minor)
  }
}
