import Ownership

/// A system register's fields, so that a wrong value can be told field by field.
struct RegisterLayout: Sendable {
  /// A run of bits.
  struct Field: Sendable {
    let name: String
    let bits: ClosedRange<UInt64>

    func value(in register: UInt64) -> UInt64 {
      register >> bits.lowerBound & (UInt64.max >> (63 - (bits.upperBound - bits.lowerBound)))
    }
  }

  /// The register.
  let name: String
  /// Every field that is not reserved in the Non-secure state with HCR_EL2.E2H = 0.
  let fields: [Field]

  /// How a value differs from what it should be, field by field, as the end of a sentence; `nil` where it does not.
  func difference(of found: UInt64, from expected: UInt64) -> String? {
    guard found != expected else { return nil }
    var parts: [String] = []
    var known: UInt64 = 0
    for field in fields {
      known |= (UInt64.max >> (63 - (field.bits.upperBound - field.bits.lowerBound))) << field.bits.lowerBound
      let (present, wanted) = (field.value(in: found), field.value(in: expected))
      guard present != wanted else { continue }
      parts.append(
        "\(field.name) (\(field.bits.upperBound):\(field.bits.lowerBound)) is \(present.hexadecimal), not \(wanted.hexadecimal)"
      )
    }
    let reserved = (found ^ expected) & ~known
    if reserved != 0 { parts.append("reserved bits \(reserved.hexadecimal) are not as the manual asks") }
    return parts.joined(separator: ", ")
  }
}
