/// Some CPUs of a domain, by their number in it, below 32.
struct CPUSet: Equatable, CustomStringConvertible {
  var bits: UInt32

  init(bits: UInt32) { self.bits = bits }
  init(_ cpu: Int) { bits = 1 << UInt32(cpu) }

  static var none: CPUSet { CPUSet(bits: 0) }

  /// The first `count` CPUs.
  static func first(_ count: Int) -> CPUSet { CPUSet(bits: 1 << UInt32(count) - 1) }

  var isEmpty: Bool { bits == 0 }
  /// The CPU of the lowest number.
  var lowest: Int? { isEmpty ? nil : bits.trailingZeroBitCount }

  func contains(_ cpu: Int) -> Bool { bits >> UInt32(cpu) & 1 == 1 }
  func among(_ other: CPUSet) -> CPUSet { CPUSet(bits: bits & other.bits) }
  mutating func insert(_ cpu: Int) { bits |= 1 << UInt32(cpu) }
  mutating func remove(_ cpu: Int) { bits &= ~(1 << UInt32(cpu)) }
  mutating func insert(_ other: CPUSet) { bits |= other.bits }
  mutating func remove(_ other: CPUSet) { bits &= ~other.bits }

  var description: String { "\((0..<32).filter { contains($0) })" }
}
